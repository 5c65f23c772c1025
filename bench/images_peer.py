"""Pillow doing what ImagesBench measures: decode, resize to SIZE (bilinear), normalize, with threads.

    python images_peer.py FOLDER SUFFIX SIZE THREADS     # needs pillow and numpy

Prints seconds of the clock, then seconds of the processor, for one pass over the folder's files.
"""
import glob
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PIL import Image

folder, suffix, size, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
mean = np.array([0.485, 0.456, 0.406], np.float32)[:, None, None]
std = np.array([0.229, 0.224, 0.225], np.float32)[:, None, None]


def load(path):
    image = Image.open(path).convert("RGB").resize((size, size), Image.BILINEAR)
    values = np.asarray(image).transpose(2, 0, 1).astype(np.float32) / np.float32(255)
    return float(((values - mean) / std)[0, 0, 0])


files = sorted(glob.glob(os.path.join(folder, "*" + suffix)))
load(files[0])
clock, cpu = time.perf_counter(), time.process_time()
if threads == 1:
    for file in files:
        load(file)
else:
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(load, files))
print(time.perf_counter() - clock, time.process_time() - cpu)
