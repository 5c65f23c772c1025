/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.results;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.api.data.AnomalyMap;
import uniass.gateway.InspectionResult;
import uniass.io.AtomicFile;
import uniass.io.Outputs;

/**
 * Evidence in a folder, one file per result: a line of JSON, the image's file, the map's values. It
 * survives the process; what cannot be written is not kept. Not thread-safe.
 */
final class EvidenceFolder implements EvidenceStore {

  private static final Logger LOG = LoggerFactory.getLogger(EvidenceFolder.class);

  private static final String ENDING = ".seen";

  private final Path folder;
  private final long mostBytes;
  private final Map<String, Long> sizes = new TreeMap<>();
  private long bytes;
  private boolean failing;

  /** Opens a folder with what an earlier process left in it. */
  EvidenceFolder(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    Outputs.makeFolder(folder);
    Outputs.sweep(folder, "");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        add(name.substring(0, name.length() - ENDING.length()), Files.size(file));
      }
    } catch (IOException e) {
      throw new UniassException(folder + ": cannot be read: " + Outputs.reason(e), e);
    }
    shrink();
  }

  private void add(String id, long size) {
    Long before = sizes.put(id, size);
    bytes += size - (before == null ? 0 : before);
  }

  private void shrink() {
    while (bytes > mostBytes) {
      forget(sizes.keySet().iterator().next());
    }
  }

  boolean holds(String id) {
    return sizes.containsKey(id);
  }

  @Override
  public void keep(InspectionResult result, Seen seen) {
    JsonObject head = new JsonObject();
    head.addProperty("name", seen.name());
    head.addProperty("image", seen.image().length);
    head.addProperty("height", seen.map().height());
    head.addProperty("width", seen.map().width());
    head.add("result", JsonParser.parseString(result.json()));
    ByteBuffer line = ByteBuffer.wrap((head + "\n").getBytes(StandardCharsets.UTF_8));
    ByteBuffer image = ByteBuffer.wrap(seen.image());
    float[] values = seen.map().values();
    ByteBuffer map =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    map.asFloatBuffer().put(values);
    try {
      AtomicFile.write(
          file(result.id()),
          channel -> {
            write(channel, line);
            write(channel, image);
            write(channel, map);
          });
      add(result.id(), (long) line.limit() + image.limit() + map.limit());
      shrink();
      failing = false;
    } catch (UniassException e) {
      if (!failing) {
        LOG.warn("Images are not kept any more: {}", e.getMessage());
      }
      failing = true;
    }
  }

  private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  @Override
  public Optional<Kept> find(String id) {
    if (!sizes.containsKey(id)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(Files.readAllBytes(file(id))));
    } catch (IOException | RuntimeException e) {
      LOG.warn("What was kept of a result is damaged: {}", file(id));
      LOG.debug("damaged", e);
      forget(id);
      return Optional.empty();
    }
  }

  private static Kept read(byte[] file) {
    int end = 0;
    while (file[end] != '\n') {
      end++;
    }
    JsonObject head =
        JsonParser.parseString(new String(file, 0, end, StandardCharsets.UTF_8)).getAsJsonObject();
    ByteBuffer rest = ByteBuffer.wrap(file, end + 1, file.length - end - 1);
    byte[] image = new byte[head.get("image").getAsInt()];
    rest.get(image);
    int height = head.get("height").getAsInt();
    int width = head.get("width").getAsInt();
    float[] values = new float[height * width];
    rest.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new Kept(
        InspectionResult.of(head.get("result").toString()),
        new Seen(head.get("name").getAsString(), image, new AnomalyMap(height, width, values)));
  }

  @Override
  public void forget(String id) {
    Long size = sizes.remove(id);
    if (size != null) {
      bytes -= size;
      Outputs.deleteQuietly(file(id));
    }
  }

  private Path file(String id) {
    return folder.resolve(id + ENDING);
  }
}
