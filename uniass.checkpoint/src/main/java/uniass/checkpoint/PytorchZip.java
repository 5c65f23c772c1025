/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import uniass.api.checkpoint.Checkpoint;

/**
 * Reads the form of PyTorch 1.6 and later: a zip archive with {@code NAME/data.pkl} and the
 * storages {@code NAME/data/KEY}, none of them compressed.
 */
final class PytorchZip {

  private static final String PICKLE = "data.pkl";
  private static final int LARGEST_PICKLE = 32 << 20;

  private final ZipFile zip;
  private final String root;

  private PytorchZip(ZipFile zip) throws BadFileException {
    this.zip = zip;
    this.root = findRoot(zip);
  }

  static Checkpoint read(Path file) throws IOException {
    long size = Files.size(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new PytorchZip(zip).read(size);
    } catch (ZipException | IllegalArgumentException e) {
      throw new BadFileException(
          "is a damaged or truncated PyTorch file (" + e.getMessage() + ")", e);
    }
  }

  private Checkpoint read(long fileSize) throws IOException {
    byte[] order = read(zip.getEntry(root + "byteorder"), 16);
    if (order.length > 0 && !new String(order, StandardCharsets.US_ASCII).equals("little")) {
      throw new BadFileException("was written on a big-endian machine, which is not supported");
    }
    byte[] pickle = read(zip.getEntry(root + PICKLE), LARGEST_PICKLE);
    StateDict state =
        StateDict.of(Unpickler.load(new PickleInput(new ByteArrayInputStream(pickle))).value());
    PytorchTensors tensors = new PytorchTensors(state, fileSize);
    Map<String, byte[]> bytes = new HashMap<>();
    for (StorageRef storage : tensors.storages().values()) {
      bytes.put(storage.key(), read(storage));
    }
    return tensors.build(bytes);
  }

  private byte[] read(StorageRef storage) throws IOException {
    ZipEntry entry = zip.getEntry(root + "data/" + storage.key());
    if (entry == null || entry.getSize() != storage.bytes()) {
      throw new BadFileException(
          "should have "
              + storage.bytes()
              + " bytes of data "
              + Quoted.text(storage.key())
              + ", it has "
              + (entry == null ? "none" : entry.getSize()));
    }
    return read(entry, Integer.MAX_VALUE - 8);
  }

  private byte[] read(ZipEntry entry, int most) throws IOException {
    if (entry == null) {
      return new byte[0];
    }
    String name = Quoted.text(entry.getName());
    if (entry.getMethod() != ZipEntry.STORED) {
      throw new BadFileException(
          "has the compressed part " + name + ", which PyTorch does not write; save it again");
    }
    if (entry.getSize() < 0 || entry.getSize() > most) {
      throw new BadFileException("has the part " + name + " of " + entry.getSize() + " bytes");
    }
    byte[] bytes;
    try (InputStream stream = zip.getInputStream(entry)) {
      bytes = stream.readNBytes((int) entry.getSize());
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (bytes.length != entry.getSize() || crc.getValue() != entry.getCrc()) {
      throw new BadFileException("is damaged: the part " + name + " does not have its checksum");
    }
    return bytes;
  }

  private static String findRoot(ZipFile zip) throws BadFileException {
    String found =
        zip.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.length() - 9)
            .findFirst()
            .orElseThrow(
                () -> new BadFileException("is a zip archive, but was not saved by PyTorch"));
    String root = found.substring(0, found.length() - PICKLE.length());
    if (zip.getEntry(root + "constants.pkl") != null) {
      throw new BadFileException(
          "is a TorchScript program; save the model's state_dict with torch.save instead");
    }
    return root;
  }
}
