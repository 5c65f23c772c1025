/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import uniass.api.checkpoint.Checkpoint;
import uniass.io.ForeignContent;

/** The kinds of model files, told apart by their first bytes: the extensions mean too much. */
enum FileKind {
  SAFETENSORS {
    @Override
    Checkpoint read(Path file) throws IOException {
      return EntryNames.plain(SafetensorsReader.read(file));
    }

    @Override
    Map<String, String> metadata(Path file) throws IOException {
      return SafetensorsReader.metadata(file);
    }
  },
  PYTORCH_ZIP {
    @Override
    Checkpoint read(Path file) throws IOException {
      return PytorchZip.read(file);
    }
  },
  PYTORCH_LEGACY {
    @Override
    Checkpoint read(Path file) throws IOException {
      return PytorchLegacy.read(file);
    }
  };

  private static final String ZIP_MAGIC = "PK\003\004";
  private static final int PICKLE_PROTOCOL = 0x80;

  private static final int TAR_MAGIC = 257;

  abstract Checkpoint read(Path file) throws IOException;

  Map<String, String> metadata(Path file) throws IOException {
    return Map.of();
  }

  /** Recognizes a file. */
  static FileKind of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new BadFileException("is a folder, not a model file");
    }
    byte[] start;
    try (InputStream stream = Files.newInputStream(file)) {
      start = stream.readNBytes(512);
    }
    if (start.length == 0) {
      throw new BadFileException("is empty");
    }
    if (text(start, TAR_MAGIC, 5).equals("ustar")) {
      throw new BadFileException(
          "is a tar archive, the form of PyTorch before 0.1.10; save it again with a later PyTorch");
    }
    if (start.length > Long.BYTES && start[Long.BYTES] == '{') {
      return SAFETENSORS;
    }
    if (text(start, 0, 4).equals(ZIP_MAGIC)) {
      return PYTORCH_ZIP;
    }
    if ((start[0] & 0xff) == PICKLE_PROTOCOL) {
      return PYTORCH_LEGACY;
    }
    throw new BadFileException(
        ForeignContent.of(start)
            .map(what -> "is " + what)
            .orElse("is neither a safetensors nor a PyTorch file"));
  }

  private static String text(byte[] bytes, int from, int length) {
    return bytes.length < from + length
        ? ""
        : new String(Arrays.copyOfRange(bytes, from, from + length), StandardCharsets.ISO_8859_1);
  }
}
