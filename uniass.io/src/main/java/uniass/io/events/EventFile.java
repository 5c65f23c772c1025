/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32C;
import uniass.api.UniassException;
import uniass.io.AtomicFile;
import uniass.io.Outputs;

/**
 * A TensorBoard event file: TFRecords (length, masked CRC-32C, data, masked CRC-32C;
 * little-endian), each with an {@code Event} in protobuf's wire format. The first names the format,
 * each further one holds the values of one step.
 */
public final class EventFile {

  private static final String NAME = "events.out.tfevents.uniass";
  private static final int CRC_MASK = 0xa282ead8;
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  // Fields of tensorflow.Event, Summary and Summary.Value.
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  static final int EVENT_SUMMARY = 5;
  static final int SUMMARY_VALUE = 1;
  static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;

  private final Path file;
  private final Clock clock;

  /** The event file in a folder, which need not exist yet. */
  public static EventFile in(Path folder) {
    return new EventFile(folder, Clock.systemUTC());
  }

  EventFile(Path folder, Clock clock) {
    this.file = folder.resolve(NAME);
    this.clock = clock;
  }

  /**
   * Makes the file hold these steps and no others. What it already has of them stays, with its wall
   * times; what a killed process left behind them, or half of, is cut off. So a run that goes on
   * from an older checkpoint has no step twice.
   *
   * @param steps values by tag, by step; the file's own first steps are taken to be the same
   */
  public void write(SortedMap<Long, Map<String, Double>> steps) {
    Outputs.makeFolder(file.getParent());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Beginning kept = Beginning.of(ByteBuffer.wrap(Files.readAllBytes(file)), 1 + steps.size());
      ByteArrayOutputStream rest = new ByteArrayOutputStream();
      if (kept.records() == 0) {
        rest.writeBytes(record(version(now())));
      }
      steps.entrySet().stream()
          .skip(Math.max(0, kept.records() - 1))
          .forEach(step -> rest.writeBytes(record(values(now(), step.getKey(), step.getValue()))));
      channel.truncate(kept.bytes()).position(kept.bytes());
      ByteBuffer bytes = ByteBuffer.wrap(rest.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be written: " + Outputs.reason(e), e);
    }
  }

  /**
   * Makes the file show one training to TensorBoard's HParams view: what was varied, and what came
   * of it. Its bytes depend on nothing else, the clock included.
   *
   * @param group trainings that differ by their seed only
   * @param settings what was varied, as numbers where they are
   * @param metrics values by name
   */
  public void write(String group, Map<String, String> settings, Map<String, Double> metrics) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(record(version(0)));
    out.writeBytes(record(Hparams.start(group, settings)));
    out.writeBytes(record(values(0, 0, metrics)));
    out.writeBytes(record(Hparams.end()));
    Outputs.makeFolder(file.getParent());
    AtomicFile.write(file, out.toByteArray());
  }

  /** Deletes the file: what comes next is another training, with times of its own. */
  public void delete() {
    Outputs.deleteQuietly(file);
  }

  private double now() {
    return clock.millis() / 1000.0;
  }

  private static ProtobufMessage version(double time) {
    return event(time).text(EVENT_FILE_VERSION, "brain.Event:2");
  }

  private static ProtobufMessage values(double time, long step, Map<String, Double> values) {
    ProtobufMessage summary = new ProtobufMessage();
    values.forEach(
        (tag, value) ->
            summary.message(
                SUMMARY_VALUE,
                new ProtobufMessage().text(VALUE_TAG, tag).real(VALUE_SIMPLE, value.floatValue())));
    return event(time).number(EVENT_STEP, step).message(EVENT_SUMMARY, summary);
  }

  static ProtobufMessage event(double time) {
    return new ProtobufMessage().real(EVENT_WALL_TIME, time);
  }

  private static byte[] record(ProtobufMessage message) {
    byte[] data = message.bytes();
    ByteBuffer record =
        ByteBuffer.allocate(HEADER + data.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(data.length);
    return record
        .putInt(checksum(record.array(), 0, Long.BYTES))
        .put(data)
        .putInt(checksum(data, 0, data.length))
        .array();
  }

  private static int checksum(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
  }

  /**
   * The whole records that a file begins with.
   *
   * @param records how many
   * @param bytes their length in all
   */
  private record Beginning(int records, int bytes) {

    static Beginning of(ByteBuffer file, int most) {
      ByteBuffer in = file.order(ByteOrder.LITTLE_ENDIAN);
      int records = 0;
      int start = 0;
      while (records < most && in.limit() - start >= HEADER + Integer.BYTES) {
        long length = in.getLong(start);
        if (in.getInt(start + Long.BYTES) != checksum(in.array(), start, Long.BYTES)
            || length < 0
            || length > in.limit() - start - HEADER - Integer.BYTES) {
          break;
        }
        int end = start + HEADER + (int) length;
        if (in.getInt(end) != checksum(in.array(), start + HEADER, (int) length)) {
          break;
        }
        start = end + Integer.BYTES;
        records++;
      }
      return new Beginning(records, start);
    }
  }
}
