/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Takes zip files apart and writes them anew, with the checksums that belong to the content. */
final class ZipParts {

  private ZipParts() {}

  record Part(String name, byte[] bytes) {}

  static List<Part> read(Path file) throws IOException {
    List<Part> parts = new ArrayList<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (var stream = zip.getInputStream(entry)) {
          parts.add(new Part(entry.getName(), stream.readAllBytes()));
        }
      }
    }
    return parts;
  }

  static void write(Path file, List<Part> parts, boolean compressed) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.setMethod(compressed ? ZipOutputStream.DEFLATED : ZipOutputStream.STORED);
      for (Part part : parts) {
        ZipEntry entry = new ZipEntry(part.name());
        if (!compressed) {
          CRC32 crc = new CRC32();
          crc.update(part.bytes());
          entry.setSize(part.bytes().length);
          entry.setCrc(crc.getValue());
        }
        out.putNextEntry(entry);
        out.write(part.bytes());
      }
    }
  }
}
