"""Makes the image files of VariantsTest with Pillow and OpenCV, and what these decode them to.

    python variants.py OUT      # needs pillow, numpy, opencv-python-headless

OUT then holds the files and expected.csv: file, height, width, SHA-256 of the RGB bytes.
"""
import csv, hashlib, os, struct, sys, zlib
import cv2
import numpy as np
from PIL import Image, ImageCms, ImageOps

out = sys.argv[1]
os.makedirs(out, exist_ok=True)
H, W = 23, 37
rng = np.random.default_rng(3)
y, x = np.mgrid[0:H, 0:W]
rgb = np.stack([x * 6, y * 10, (x * y) % 256], -1).astype(np.uint8)
rgb[5:9, 5:20] = rng.integers(0, 256, (4, 15, 3))
gray = rgb[..., 1].copy()
deep = (rgb.astype(np.uint16) << 8) | rng.integers(0, 256, rgb.shape).astype(np.uint16)
alpha = rng.integers(0, 256, (H, W, 1)).astype(np.uint8)
expected = {}


def keep(name, array):
    array = np.ascontiguousarray(array if array.ndim == 3 else np.stack([array] * 3, -1))
    expected[name] = (*array.shape[:2], hashlib.sha256(array.tobytes()).hexdigest())


def save(name, image, want=None, **options):
    path = os.path.join(out, name)
    image.save(path, **options)
    keep(name, np.asarray(ImageOps.exif_transpose(Image.open(path)).convert("RGB")) if want is None else want)


def png(name, color, depth, raw_rows, want, interlace=0, palette=None):
    """An encoder of its own, for what Pillow does not write."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    body = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, depth, color, 0, 0, interlace))
    if palette is not None:
        body += chunk(b"PLTE", palette)
    data = zlib.compress(raw_rows)
    body += chunk(b"IDAT", data[:50]) + chunk(b"IDAT", data[50:]) + chunk(b"IEND", b"")
    open(os.path.join(out, name), "wb").write(body)
    keep(name, want)


def adam7(samples):
    rows = b""
    for x0, y0, dx, dy in [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:
        part = samples[y0::dy, x0::dx]
        if part.size:
            rows += b"".join(b"\0" + row.tobytes() for row in part)
    return rows


save("rgb.png", Image.fromarray(rgb))
save("gray.png", Image.fromarray(gray))
save("gray-alpha.png", Image.fromarray(np.dstack([gray, alpha[..., 0]]), "LA"), want=gray)
save("rgba.png", Image.fromarray(np.dstack([rgb, alpha])), want=rgb)
save("palette.png", Image.fromarray(rgb).quantize(30))
save("palette-4-bit.png", Image.fromarray(rgb).quantize(13), bits=4)
save("palette-transparent.png", Image.fromarray(rgb).quantize(30), transparency=2)
save("one-bit.png", Image.fromarray(gray > 90))
cv2.imwrite(os.path.join(out, "rgb-16-bit.png"), deep[..., ::-1]); keep("rgb-16-bit.png", (deep >> 8).astype(np.uint8))
cv2.imwrite(os.path.join(out, "gray-16-bit.png"), deep[..., 0]); keep("gray-16-bit.png", (deep[..., 0] >> 8).astype(np.uint8))
assert (cv2.imread(os.path.join(out, "rgb-16-bit.png"))[..., ::-1] == deep >> 8).all()
two = (gray >> 6)
packed = b"".join(b"\0" + np.packbits(np.unpackbits(np.pad(row, (0, -W % 4))[:, None], axis=1)[:, 6:].ravel()).tobytes() for row in two)
png("gray-2-bit.png", 0, 2, packed, two * 85)
png("interlaced.png", 2, 8, adam7(rgb), rgb, interlace=1)
png("interlaced-16-bit.png", 2, 16, adam7(deep.astype(">u2")), (deep >> 8).astype(np.uint8), interlace=1)
for kind in range(5):  # each of the row filters, on RGB and on gray
    for name, a in (("rgb", rgb), ("gray", gray[..., None])):
        bpp = a.shape[2]
        rows, previous = b"", np.zeros(W * bpp, np.int64)
        for line in a.reshape(H, -1).astype(np.int64):
            left = np.concatenate([np.zeros(bpp, np.int64), line[:-bpp]])
            corner = np.concatenate([np.zeros(bpp, np.int64), previous[:-bpp]])
            p = left + previous - corner
            pa, pb, pc = abs(p - left), abs(p - previous), abs(p - corner)
            paeth = np.where((pa <= pb) & (pa <= pc), left, np.where(pb <= pc, previous, corner))
            prediction = [0, left, previous, (left + previous) // 2, paeth][kind]
            rows += bytes([kind]) + ((line - prediction) % 256).astype(np.uint8).tobytes()
            previous = line
        png(f"filter-{kind}-{name}.png", 2 if bpp == 3 else 0, 8, rows, a if bpp == 3 else a[..., 0])

for s, n in ((0, "444"), (1, "422"), (2, "420")):
    save(f"rgb-{n}.jpg", Image.fromarray(rgb), quality=90, subsampling=s)
save("progressive.jpg", Image.fromarray(rgb), quality=85, progressive=True)
save("gray.jpg", Image.fromarray(gray), quality=90)
save("cmyk.jpg", Image.fromarray(rgb).convert("CMYK"), quality=90)
save("named-rgb.jpg", Image.fromarray(rgb), quality=90, keep_rgb=True)
save("profile.jpg", Image.fromarray(rgb), quality=90, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes())
for orientation in range(1, 9):
    exif = Image.Exif(); exif[274] = orientation
    save(f"orientation-{orientation}.jpg", Image.fromarray(rgb), quality=90, exif=exif)
    if orientation in (6, 7):
        save(f"orientation-{orientation}.png", Image.fromarray(rgb), exif=exif)
plain = open(os.path.join(out, "rgb-420.jpg"), "rb").read()
bare = plain[:2] + plain[2 + 18:]  # without the JFIF marker
open(os.path.join(out, "no-marker.jpg"), "wb").write(bare)
keep("no-marker.jpg", np.asarray(Image.open(os.path.join(out, "no-marker.jpg")).convert("RGB")))

save("rgb.bmp", Image.fromarray(rgb))
save("gray.bmp", Image.fromarray(gray))
save("one-bit.bmp", Image.fromarray(gray > 90))
save("palette.bmp", Image.fromarray(rgb).quantize(30))
save("rgba.bmp", Image.fromarray(np.dstack([rgb, alpha])), want=rgb)

save("rgb.tif", Image.fromarray(rgb))
save("gray.tif", Image.fromarray(gray))
save("one-bit.tif", Image.fromarray(gray > 90), compression="group4")
save("lzw.tif", Image.fromarray(rgb), compression="tiff_lzw")
save("deflate.tif", Image.fromarray(rgb), compression="tiff_adobe_deflate")
save("packbits.tif", Image.fromarray(rgb), compression="packbits")
save("palette.tif", Image.fromarray(rgb).quantize(30))
save("rgba.tif", Image.fromarray(np.dstack([rgb, alpha])), want=rgb)
save("cmyk.tif", Image.fromarray(rgb).convert("CMYK"))
cv2.imwrite(os.path.join(out, "gray-16-bit.tif"), deep[..., 0]); keep("gray-16-bit.tif", (deep[..., 0] >> 8).astype(np.uint8))
cv2.imwrite(os.path.join(out, "rgb-16-bit.tif"), deep[..., ::-1]); keep("rgb-16-bit.tif", (deep >> 8).astype(np.uint8))
save("orientation-6.tif", Image.fromarray(rgb), tiffinfo={274: 6})
Image.fromarray(gray.astype(np.float32)).save(os.path.join(out, "refused-float.tif"))

save("palette.gif", Image.fromarray(rgb).quantize(30))
save("lossless.webp", Image.fromarray(rgb), lossless=True)
save("alpha.webp", Image.fromarray(np.dstack([rgb, alpha])), want=rgb, lossless=True, exact=True)
Image.fromarray(rgb).save(os.path.join(out, "refused-lossy.webp"), quality=80)

with open(os.path.join(out, "expected.csv"), "w", newline="") as f:
    w = csv.writer(f)
    w.writerow(["file", "height", "width", "sha256"])
    for name, row in sorted(expected.items()):
        w.writerow([name, *row])
