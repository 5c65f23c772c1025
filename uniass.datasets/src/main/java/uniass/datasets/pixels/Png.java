/* SPDX-License-Identifier: Apache-2.0 */
package uniass.datasets.pixels;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes PNG (ISO/IEC 15948): verifies checksums, and hands out samples as they are stored, with
 * 16 bits and alpha.
 */
final class Png {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504C5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int EXIF = 0x65584966;
  private static final int TRNS = 0x74524E53;

  /** Adam7: x and y of the first pixel of each pass, then the distances. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  /** Most bytes that a byte of deflated data becomes. */
  private static final int DEFLATE = 1032;

  private final ByteBuffer file;
  private final boolean mask;
  private final Inflater inflater = new Inflater();

  private int width;
  private int height;
  private int depth;
  private int color;
  private boolean interlaced;
  private byte[] palette;
  private boolean grayPalette;
  private byte[] transparency;
  private PngPixels pixels;
  private int orientation = 1;
  private int chunkEnd;

  private Png(byte[] bytes, boolean mask) {
    this.file = ByteBuffer.wrap(bytes);
    this.mask = mask;
  }

  static boolean matches(byte[] bytes) {
    return bytes.length >= 8 && java.util.Arrays.equals(bytes, 0, 8, SIGNATURE, 0, 8);
  }

  /**
   * Decodes.
   *
   * @param mask keep what is not 0 above 0 when 16 bits become 8
   */
  static Plane decode(byte[] bytes, Limit limit, boolean mask) throws Unreadable {
    Png png = new Png(bytes, mask);
    try {
      return png.decode(limit);
    } finally {
      png.inflater.end();
    }
  }

  /** The size, upright, from what comes before the image data. */
  static Size size(byte[] bytes, Limit limit) throws Unreadable {
    Png png = new Png(bytes, false);
    try {
      png.beforeData(limit);
      return new Size(png.height, png.width).upright(png.orientation);
    } finally {
      png.inflater.end();
    }
  }

  private void beforeData(Limit limit) throws Unreadable {
    file.position(8);
    header(limit);
    int type = nextChunk();
    while (type != IDAT) {
      switch (type) {
        case IEND -> throw new Unreadable("a PNG without image data");
        case PLTE -> readPalette();
        case TRNS -> transparency = rest();
        case EXIF ->
            orientation =
                Exif.orientation(file.array(), file.position(), chunkEnd - file.position());
        default -> refuseUnknownCritical(type);
      }
      endChunk();
      type = nextChunk();
    }
    if (color == 3 && palette == null) {
      throw new Unreadable("a PNG with palette colors but no palette");
    }
  }

  private Plane decode(Limit limit) throws Unreadable {
    beforeData(limit);
    supply();
    long stored = height * (1L + ((long) width * PngPixels.channels(color) * depth + 7) / 8);
    Limit.checkLength(width, height, file.capacity(), DEFLATE * (double) width * height / stored);
    Samples samples = new Samples(color == 3 ? 8 : depth, limit.depth(), mask);
    pixels = new PngPixels(color, depth, palette, transparency, samples);
    Plane plane = Plane.of(width, height, color == 0 || color == 4 || grayPalette ? 1 : 3);
    if (mask && (color >= 4 || transparency != null)) {
      plane = plane.withAlpha();
    }
    for (int[] pass : interlaced ? PASSES : WHOLE) {
      readPass(plane, pass);
    }
    finish();
    return plane.with(samples.traits(orientation));
  }

  private void header(Limit limit) throws Unreadable {
    if (nextChunk() != IHDR || chunkEnd - file.position() != 13) {
      throw new Unreadable("a damaged PNG: the header is missing");
    }
    width = file.getInt();
    height = file.getInt();
    depth = file.get();
    color = file.get();
    int compression = file.get();
    int filter = file.get();
    int interlace = file.get();
    endChunk();
    limit.check(width, height);
    boolean known =
        switch (color) {
          case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case 2, 4, 6 -> depth == 8 || depth == 16;
          default -> false;
        };
    if (!known || compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
      throw new Unreadable(
          "a damaged PNG: the header asks for color type " + color + " with " + depth + " bits");
    }
    interlaced = interlace == 1;
  }

  /** Reads a chunk's head and verifies its checksum; the position is then at its data. */
  private int nextChunk() throws Unreadable {
    if (file.remaining() < 12) {
      throw truncated();
    }
    int length = file.getInt();
    int start = file.position();
    int type = file.getInt();
    if (length < 0 || length > file.remaining() - 4) {
      throw truncated();
    }
    chunkEnd = file.position() + length;
    boolean critical = (type & 0x20000000) == 0;
    if (critical) {
      CRC32 crc = new CRC32();
      crc.update(file.array(), start, length + 4);
      if ((int) crc.getValue() != file.getInt(chunkEnd)) {
        throw new Unreadable("a damaged PNG: wrong checksum at byte " + start);
      }
    }
    return type;
  }

  private void endChunk() {
    file.position(chunkEnd + 4);
  }

  private static Unreadable truncated() {
    return new Unreadable("a truncated PNG: the file ends early");
  }

  private static void refuseUnknownCritical(int type) throws Unreadable {
    if ((type & 0x20000000) == 0 && type != IHDR) {
      throw new Unreadable("a PNG with an unknown critical part");
    }
  }

  private void readPalette() {
    palette = new byte[3 * 256];
    file.get(palette, 0, Math.min(palette.length, chunkEnd - file.position()));
    grayPalette = color == 3;
    for (int i = 0; i < 256 && grayPalette; i++) {
      grayPalette = palette[3 * i] == palette[3 * i + 1] && palette[3 * i] == palette[3 * i + 2];
    }
  }

  private byte[] rest() {
    byte[] rest = new byte[chunkEnd - file.position()];
    file.get(rest);
    return rest;
  }

  private void supply() {
    inflater.setInput(file.array(), file.position(), chunkEnd - file.position());
  }

  private void readPass(Plane plane, int[] pass) throws Unreadable {
    int columns = (width - pass[0] + pass[2] - 1) / pass[2];
    int rows = (height - pass[1] + pass[3] - 1) / pass[3];
    if (columns <= 0 || rows <= 0) {
      return;
    }
    int channels = PngPixels.channels(color);
    int stride = (int) (((long) columns * channels * depth + 7) / 8);
    int step = Math.max(1, channels * depth / 8);
    byte[] previous = new byte[stride + 1];
    byte[] row = new byte[stride + 1];
    boolean direct =
        plane.channels() == channels && depth == 8 && pass[2] == 1 && transparency == null;
    for (int r = 0; r < rows; r++) {
      inflate(row);
      PngFilter.undo(row, previous, step);
      int y = pass[1] + r * pass[3];
      if (direct && palette == null) {
        System.arraycopy(row, 1, plane.data(), y * stride, stride);
      } else {
        pixels.expand(row, columns, plane, y * width + pass[0], pass[2]);
      }
      byte[] spare = previous;
      previous = row;
      row = spare;
    }
  }

  private void inflate(byte[] row) throws Unreadable {
    int got = 0;
    try {
      while (got < row.length) {
        int n = inflater.inflate(row, got, row.length - got);
        got += n;
        if (n == 0) {
          if (inflater.finished() || inflater.needsDictionary()) {
            throw new Unreadable("a damaged PNG: the image data ends early");
          }
          endChunk();
          if (nextChunk() != IDAT) {
            throw truncated();
          }
          supply();
        }
      }
    } catch (DataFormatException e) {
      throw new Unreadable("a damaged PNG: the image data cannot be unpacked", e);
    }
  }

  /** The rest of the file must be there: a cut-off one is not taken for whole. */
  private void finish() throws Unreadable {
    endChunk();
    int type = nextChunk();
    while (type != IEND) {
      endChunk();
      type = nextChunk();
    }
  }
}
