/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import uniass.api.UniassException;
import uniass.gateway.testing.Configs;

/** The store's folder, and signatures by the JDK's own tools. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelStoreTest {

  private static final byte[] MODEL =
      "a model, as far as the store knows".getBytes(StandardCharsets.US_ASCII);

  private Path folder;
  private Path signed;
  private Path trust;

  @BeforeAll
  void sign(@TempDir Path shared) throws Exception {
    folder = shared;
    signed = jar(shared.resolve("signed.jar"));
    trust = shared.resolve("trust.pem");
    String[] store = {"-keystore", shared.resolve("keys.p12").toString(), "-storepass", "changeit"};
    jdk("keytool", store, "-genkeypair", "-alias", "plant", "-keyalg", "EC", "-dname", "CN=Plant");
    jdk("keytool", store, "-exportcert", "-rfc", "-alias", "plant", "-file", trust.toString());
    jdk("jarsigner", store, signed.toString(), "plant");
  }

  private static void jdk(String tool, String[] store, String... words) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    boolean first = tool.equals("keytool");
    line.addAll(List.of(first ? words : store));
    line.addAll(List.of(first ? store : words));
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), String.join(" ", line));
  }

  private static Path jar(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry("models/line.safetensors"));
      jar.write(MODEL);
      jar.closeEntry();
    }
    return file;
  }

  private ModelStore store(Path state, String certificates) {
    return new ModelStore(
        Configs.gateway(Map.of("state", state.toString(), "trust", certificates)));
  }

  private static StoredModel add(ModelStore store, Path file) {
    ModelFile model = store.receive(out -> Files.copy(file, out));
    return store.find("line@" + model.named().apply("line").version());
  }

  private static void refused(String words, Runnable work) {
    UniassException e = assertThrows(UniassException.class, work::run);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void aModelComesInASignedJar(@TempDir Path state) throws Exception {
    ModelStore store = store(state, trust.toString());
    StoredModel model = add(store, signed);
    assertEquals("line@1", model.reference());
    assertEquals("CN=Plant", model.signer());
    assertEquals(
        new String(MODEL, StandardCharsets.US_ASCII),
        Files.readString(store.open(model).path(), StandardCharsets.US_ASCII));
    assertEquals(model, store(state, trust.toString()).find("line"));
  }

  @Test
  void withTrustOnlyWhatASignatureCountsForIsAccepted(@TempDir Path state) throws Exception {
    ModelStore store = store(state, trust.toString());
    Path plain = Files.write(folder.resolve("plain.safetensors"), MODEL);
    Path unsigned = jar(folder.resolve("unsigned.jar"));
    Path changed = folder.resolve("changed.jar");
    Files.copy(signed, changed);
    try (FileSystem zip = FileSystems.newFileSystem(changed)) {
      Files.writeString(zip.getPath("models/line.safetensors"), "another model");
    }
    refused("is not signed", () -> add(store, plain));
    refused("is not signed", () -> add(store, unsigned));
    refused("changed after it was signed", () -> add(store, changed));
    refused("is not signed", () -> store.configured("line3", plain.toString()));
    String[] keys = {
      "-keystore", folder.resolve("others.p12").toString(), "-storepass", "changeit"
    };
    jdk("keytool", keys, "-genkeypair", "-alias", "x", "-keyalg", "EC", "-dname", "CN=Plant");
    jdk("jarsigner", keys, unsigned.toString(), "x");
    refused("no trusted certificate vouches for it", () -> add(store, unsigned));
    assertEquals(List.of(), store.models());
    assertFalse(Files.list(state.resolve("models")).findAny().isPresent());
    assertEquals("CN=Plant", add(store(state, ""), unsigned).signer());
  }

  @Test
  void whatIsConfiguredWronglyIsSaid(@TempDir Path state) throws Exception {
    refused("trust.pem2: cannot be read", () -> add(store(state, trust + "2"), signed));
    Path text = Files.writeString(folder.resolve("text"), "no certificate");
    refused("keytool", () -> add(store(state, text.toString()), signed));
    ModelStore none = new ModelStore(Configs.gateway(Map.of()));
    refused("--state DIR", () -> add(none, signed));
    refused("--state DIR", () -> none.configured("line3", signed.toString()));
    Files.createDirectories(state.resolve("models"));
    Files.writeString(state.resolve("models/store.json"), "{ cut o");
    refused("store.json: is damaged", () -> add(store(state, ""), signed));
  }

  @Test
  void whatAKilledProcessLeftIsSweptAndWhatIsNotedStays(@TempDir Path state) throws Exception {
    Path file = Files.write(folder.resolve("model.safetensors"), MODEL);
    ModelStore store = store(state, "");
    add(store, file);
    store.begin("line3", "line@1", "checksum", "line.safetensors");
    Path models = state.resolve("models");
    Files.writeString(models.resolve("arriving-1"), "half a mod");
    Files.writeString(models.resolve(".store.json.1.tmp"), "{");
    Files.writeString(models.resolve("0123.safetensors"), "never noted");
    ModelStore again = store(state, "");
    try (var left = Files.list(models)) {
      assertEquals(2, left.count());
    }
    assertEquals("line@1", again.station("line3").orElseThrow().active());
    again.open(again.find("line@1")).verify();
    Files.writeString(again.open(again.find("line@1")).path(), "rot");
    refused("is damaged", () -> again.open(again.find("line@1")).verify());
  }
}
