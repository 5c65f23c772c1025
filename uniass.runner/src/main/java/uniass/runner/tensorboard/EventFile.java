package uniass.runner.tensorboard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.zip.CRC32C;
import uniass.api.UniassException;
import uniass.runner.run.Outputs;

/**
 * A TensorBoard event file: TFRecords (length, masked CRC-32C, data, masked CRC-32C;
 * little-endian), each with an {@code Event} in protobuf's wire format.
 */
public final class EventFile implements AutoCloseable {

  private static final int CRC_MASK = 0xa282ead8;

  // Fields of tensorflow.Event, Summary, Summary.Value and SessionLog.
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION_LOG = 7;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;
  private static final int SESSION_STATUS = 1;
  private static final int SESSION_START = 1;

  private final Path file;
  private final Clock clock;
  private final OutputStream out;

  private EventFile(Path file, Clock clock, OutputStream out) {
    this.file = file;
    this.clock = clock;
    this.out = out;
  }

  /**
   * Begins a new file in a folder.
   *
   * @param step where the run goes on: TensorBoard forgets what older files have from there on
   */
  public static EventFile create(Path folder, long step) {
    return create(folder, step, Clock.systemUTC());
  }

  static EventFile create(Path folder, long step, Clock clock) {
    Outputs.makeFolder(folder);
    long seconds = clock.millis() / 1000;
    Path file = name(folder, seconds);
    while (Files.exists(file)) {
      file = name(folder, ++seconds);
    }
    try {
      EventFile events =
          new EventFile(
              file,
              clock,
              new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)));
      events.write(events.event(0).text(EVENT_FILE_VERSION, "brain.Event:2"));
      events.write(
          events
              .event(step)
              .message(EVENT_SESSION_LOG, new Message().number(SESSION_STATUS, SESSION_START)));
      return events;
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be written: " + Outputs.reason(e), e);
    }
  }

  private static Path name(Path folder, long seconds) {
    return folder.resolve("events.out.tfevents.%010d.uniass".formatted(seconds));
  }

  /** Adds figures of a step, by tag. */
  public void add(long step, Map<String, Double> figures) {
    Message summary = new Message();
    figures.forEach(
        (tag, value) ->
            summary.message(
                SUMMARY_VALUE,
                new Message().text(VALUE_TAG, tag).real(VALUE_SIMPLE, value.floatValue())));
    try {
      write(event(step).message(EVENT_SUMMARY, summary));
      out.flush();
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be written: " + Outputs.reason(e), e);
    }
  }

  private Message event(long step) {
    Message event = new Message().real(EVENT_WALL_TIME, clock.millis() / 1000.0);
    return step == 0 ? event : event.number(EVENT_STEP, step);
  }

  private void write(Message message) throws IOException {
    byte[] data = message.bytes();
    byte[] length =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    out.write(length);
    out.write(checksum(length));
    out.write(data);
    out.write(checksum(data));
  }

  private static byte[] checksum(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be written: " + Outputs.reason(e), e);
    }
  }
}
