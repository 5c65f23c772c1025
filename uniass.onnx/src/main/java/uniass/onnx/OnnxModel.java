/* SPDX-License-Identifier: Apache-2.0 */
package uniass.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import uniass.api.UniassException;

/** A model in ONNX Runtime. Several threads may run it at once. */
public final class OnnxModel implements AutoCloseable {

  /** What becomes of the memory that a batch needed. */
  public enum Memory {
    /** It is kept for the next batch. */
    KEPT,
    /** It goes back to the C library, whose settings decide what becomes of it. */
    RETURNED
  }

  private final String name;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxModel(String name, OrtEnvironment environment, OrtSession session) {
    this.name = name;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Opens a file.
   *
   * @param threads of one operation
   * @throws UniassException if it is not a model that ONNX Runtime takes
   */
  public static OnnxModel open(Path file, int threads, Memory memory) {
    if (!Files.isRegularFile(file)) {
      throw new UniassException(file + ": there is no such file");
    }
    return create(
        file.toString(),
        threads,
        memory,
        (env, options) -> env.createSession(file.toString(), options));
  }

  /**
   * Opens a model in memory.
   *
   * @param name for messages
   */
  public static OnnxModel of(String name, byte[] model, int threads) {
    return create(name, threads, Memory.KEPT, (env, options) -> env.createSession(model, options));
  }

  @FunctionalInterface
  private interface Opening {
    OrtSession session(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  private static OnnxModel create(String name, int threads, Memory memory, Opening opening) {
    OrtEnvironment environment = environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      // Threads that wait must not spin: another process on the cores would slow each run.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.setCPUArenaAllocator(memory == Memory.KEPT);
      // In ONNX Runtime's own pool the weights as the file has them would never be freed, though
      // its kernels hold copies in an order of their own.
      options.addConfigEntry("session.use_device_allocator_for_initializers", "1");
      return new OnnxModel(name, environment, opening.session(environment, options));
    } catch (OrtException e) {
      throw new UniassException(name + ": ONNX Runtime cannot open it: " + words(e), e);
    }
  }

  private static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "uniass");
    } catch (LinkageError | IllegalStateException e) {
      throw new UniassException(
          "ONNX Runtime's libraries for this platform cannot be loaded ("
              + e.getMessage()
              + "): install the bundle uniass.onnx.linux-x86_64 or -aarch64 that fits",
          e);
    }
  }

  /** The texts that the file carries. */
  public Map<String, String> metadata() {
    try {
      return session.getMetadata().getCustomMetadata();
    } catch (OrtException e) {
      throw new UniassException(name + ": its metadata cannot be read: " + words(e), e);
    }
  }

  /**
   * Runs the model on float32 values.
   *
   * @param input the input's name
   * @param values direct, in the machine's byte order
   */
  public Map<String, float[]> run(String input, FloatBuffer values, long... shape) {
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, values, shape)) {
      return run(input, tensor);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /**
   * Runs the model on bytes.
   *
   * @param input the input's name
   * @param values direct
   */
  public Map<String, float[]> run(String input, ByteBuffer values, long... shape) {
    try (OnnxTensor tensor =
        OnnxTensor.createTensor(environment, values, shape, OnnxJavaType.UINT8)) {
      return run(input, tensor);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private Map<String, float[]> run(String input, OnnxTensor tensor) throws OrtException {
    Map<String, float[]> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(Map.of(input, tensor))) {
      for (Map.Entry<String, OnnxValue> entry : result) {
        outputs.put(entry.getKey(), floats((OnnxTensor) entry.getValue()));
      }
    }
    return outputs;
  }

  /** Numbers as they are; false is 0 and true is 1. */
  private static float[] floats(OnnxTensor tensor) throws OrtException {
    if (tensor.getInfo().type == OnnxJavaType.FLOAT) {
      FloatBuffer buffer = tensor.getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }
    ByteBuffer bytes = tensor.getByteBuffer();
    float[] values = new float[bytes.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.get(i) & 0xff;
    }
    return values;
  }

  private UniassException failed(OrtException e) {
    return new UniassException(name + ": ONNX Runtime failed: " + words(e), e);
  }

  private static String words(OrtException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }
}
