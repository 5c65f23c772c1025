/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON at the start of a safetensors file: texts, and where each tensor lies.
 *
 * @param metadata texts by name
 * @param entries tensors, in the order of their data
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {

  private static final String METADATA = "__metadata__";

  /** One tensor: its data are the bytes from begin to end behind the header. */
  record Entry(String name, ElementType type, long[] shape, long begin, long end) {

    /** Bytes of its data. */
    int length() {
      return (int) (end - begin);
    }
  }

  /** Bytes of all tensors together. */
  long dataBytes() {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
  }

  /** Writes the JSON. */
  byte[] toJson() {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject().name(METADATA).beginObject();
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.name(entry.getKey()).value(entry.getValue());
      }
      json.endObject();
      for (Entry entry : entries) {
        json.name(entry.name()).beginObject().name("dtype").value(entry.type().name());
        json.name("shape").beginArray();
        for (long size : entry.shape()) {
          json.value(size);
        }
        json.endArray().name("data_offsets").beginArray();
        json.value(entry.begin()).value(entry.end()).endArray().endObject();
      }
      json.endObject();
    } catch (IOException e) {
      throw new IllegalStateException(e); // a StringWriter has none
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads and checks the JSON. */
  static SafetensorsHeader parse(byte[] bytes) throws IOException {
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new BadFileException("has a header that is not UTF-8 text", e);
    }
    try (JsonReader json = new JsonReader(new StringReader(text.toString()))) {
      json.setStrictness(Strictness.STRICT);
      json.setNestingLimit(8);
      SafetensorsHeader header = parse(json);
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new BadFileException("has more in its header than one JSON object");
      }
      return header;
    } catch (MalformedJsonException
        | EOFException
        | IllegalStateException
        | NumberFormatException e) {
      throw new BadFileException("has a header that is not the JSON of a safetensors file", e);
    }
  }

  private static SafetensorsHeader parse(JsonReader json) throws IOException {
    Map<String, String> metadata = null;
    Map<String, Entry> entries = new LinkedHashMap<>();
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      if (name.equals(METADATA)) {
        if (metadata != null) {
          throw new BadFileException("has two entries " + METADATA);
        }
        metadata = parseMetadata(json);
      } else if (entries.put(name, parseEntry(name, json)) != null) {
        throw new BadFileException("has two tensors named " + Quoted.text(name));
      }
    }
    json.endObject();
    List<Entry> ordered = new ArrayList<>(entries.values());
    ordered.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkLayout(ordered);
    return new SafetensorsHeader(metadata == null ? Map.of() : metadata, ordered);
  }

  private static Map<String, String> parseMetadata(JsonReader json) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      if (json.peek() != JsonToken.STRING) {
        throw new BadFileException("has metadata " + Quoted.text(key) + " that is not a text");
      }
      if (metadata.put(key, json.nextString()) != null) {
        throw new BadFileException("has metadata " + Quoted.text(key) + " twice");
      }
    }
    json.endObject();
    return metadata;
  }

  private static Entry parseEntry(String name, JsonReader json) throws IOException {
    ElementType type = null;
    long[] shape = null;
    long[] offsets = null;
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      switch (key) {
        case "dtype" -> type = ElementType.of(json.nextString());
        case "shape" -> shape = parseLongs(json);
        case "data_offsets" -> offsets = parseLongs(json);
        default ->
            throw new BadFileException(
                "describes tensor " + Quoted.text(name) + " by an unknown key " + Quoted.text(key));
      }
    }
    json.endObject();
    if (type == null || shape == null || offsets == null || offsets.length != 2) {
      throw new BadFileException(
          "does not give tensor " + Quoted.text(name) + " a type, a shape and two offsets");
    }
    int bytes = Shapes.bytes(name, shape, type);
    if (offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] - offsets[0] != bytes) {
      throw new BadFileException(
          "gives tensor "
              + Quoted.text(name)
              + " the bytes "
              + offsets[0]
              + " to "
              + offsets[1]
              + ", but its shape takes "
              + bytes
              + " bytes");
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  private static long[] parseLongs(JsonReader json) throws IOException {
    long[] values = new long[4];
    int count = 0;
    json.beginArray();
    while (json.hasNext()) {
      if (json.peek() != JsonToken.NUMBER) {
        throw new BadFileException("has a shape or offset that is not a number");
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = json.nextLong();
    }
    json.endArray();
    return Arrays.copyOf(values, count);
  }

  /** The data of tensors follow each other without gap or overlap, from 0 on. */
  private static void checkLayout(List<Entry> ordered) throws BadFileException {
    long position = 0;
    for (Entry entry : ordered) {
      if (entry.begin() != position) {
        throw new BadFileException(
            "has a "
                + (entry.begin() < position ? "tensor that overlaps another: " : "gap before ")
                + Quoted.text(entry.name()));
      }
      position = entry.end();
    }
  }
}
