/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive in memory: the zip file that {@code torch.jit.save} would write for a
 * module that has methods and no state. The methods are text; the state is a pickle of an empty
 * object.
 */
final class ScriptArchive {

  /** The file format's number as PyTorch 2.7 writes it. */
  private static final String VERSION = "10\n";

  /** Pickle: protocol 2, an object of class __torch__.Pack, made of () and updated with {}. */
  private static final byte[] STATE =
      "\u0080\u0002c__torch__\nPack\n)\u0081}b.".getBytes(StandardCharsets.ISO_8859_1);

  /** Pickle: protocol 2, an empty tuple. */
  private static final byte[] NO_CONSTANTS = "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1);

  private static final String HEADER =
      "class Pack(Module):\n  __parameters__ = []\n  __buffers__ = []\n";

  private ScriptArchive() {}

  /** Returns the archive of a module with the given method definitions, which start at column 0. */
  static byte[] of(String methods) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      add(zip, "data.pkl", STATE);
      add(zip, "code/__torch__.py", utf8(HEADER + methods.stripIndent().strip().indent(2)));
      add(zip, "constants.pkl", NO_CONSTANTS);
      add(zip, "version", utf8(VERSION));
      add(zip, "byteorder", utf8("little"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry("m/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
