/* SPDX-License-Identifier: Apache-2.0 */
package uniass.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoints;

/** The file around a graph. Equal models give equal bytes. */
final class OnnxFile {

  /** Key of the metadata that holds the version of the exported form, a whole number. */
  static final String VERSION = "uniass.export";

  static final int CURRENT = 1;

  private static final int NEW_OPSET = 21;

  private OnnxFile() {}

  static ModelProto of(GraphProto graph, int opset, Map<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(opset < NEW_OPSET ? 8 : 10)
            .setProducerName("uniass")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
            .setGraph(graph);
    Map<String, String> all = new TreeMap<>(metadata);
    all.put(VERSION, String.valueOf(CURRENT));
    all.put(Checkpoints.CHECKSUM, checksum(graph));
    all.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }

  /** Reads a file that {@link #of} made, and compares its checksum. */
  static ModelProto read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UniassException(file + ": there is no such file");
    }
    ModelProto model;
    try {
      model = ModelProto.parseFrom(Files.readAllBytes(file));
    } catch (InvalidProtocolBufferException e) {
      throw new UniassException(file + ": is not an ONNX file, or is damaged", e);
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + e.getMessage(), e);
    }
    Map<String, String> metadata = metadata(model);
    String version = metadata.get(VERSION);
    if (version == null) {
      throw new UniassException(
          file + ": was not written by 'uniass export', so there is nothing to compare it with");
    }
    if (!version.equals(String.valueOf(CURRENT))) {
      throw new UniassException(
          file
              + ": is of version "
              + version
              + ", and this product knows "
              + CURRENT
              + "; use a newer one, or export the model again");
    }
    if (!checksum(model.getGraph()).equals(metadata.get(Checkpoints.CHECKSUM))) {
      throw new UniassException(
          file + ": its network is not the one that was written: export the model again");
    }
    return model;
  }

  static Map<String, String> metadata(ModelProto model) {
    Map<String, String> metadata = new TreeMap<>();
    model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    return metadata;
  }

  private static String checksum(GraphProto graph) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(graph.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
