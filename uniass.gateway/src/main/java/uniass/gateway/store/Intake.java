/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.CodeSigner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.io.Outputs;

/** Brings model files into the store's folder: checked, complete and on the disk, or not at all. */
public final class Intake {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final Path folder;
  private final Optional<Trust> trust;

  Intake(Path folder, Optional<Trust> trust) {
    this.folder = folder;
    this.trust = trust;
  }

  /** Deletes what a killed process left in the folder, and the files of retired models. */
  static void sweep(Path folder, Set<String> wanted) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!wanted.contains(file.getFileName().toString())) {
          Outputs.deleteQuietly(file);
        }
      }
    } catch (IOException e) {
      throw new UniassException(folder + ": cannot be read: " + Outputs.reason(e), e);
    }
  }

  /** Writes what arrives. */
  @FunctionalInterface
  public interface Source {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** A model's file that lies in the folder under its checksum. */
  record Arrived(String checksum, String signer) {}

  boolean insistsOnSignatures() {
    return trust.isPresent();
  }

  /** Copies a file, unless nobody needs its signature and its checksum is known. */
  Arrived take(Path file, Predicate<String> known) {
    try {
      if (trust.isEmpty() && !isJar(file)) {
        String checksum = ModelFile.checksum(file);
        if (known.test(checksum)) {
          return new Arrived(checksum, "");
        }
      }
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    }
    return receive(out -> Files.copy(file, out));
  }

  /** Takes a model, or a jar with one. */
  Arrived receive(Source source) {
    Path raw = folder.resolve("arriving-" + UUID.randomUUID());
    Path model = folder.resolve("arriving-" + UUID.randomUUID());
    try {
      write(raw, source);
      List<CodeSigner> signers = List.of();
      if (isJar(raw)) {
        signers = extract(raw, model);
      } else {
        Files.move(raw, model);
      }
      if (trust.isPresent()) {
        trust.get().insist(signers);
      } else if (signers.isEmpty()) {
        LOG.warn("A model is not signed; it is used all the same, because no trust is configured");
      }
      String checksum = ModelFile.checksum(model);
      Files.move(model, folder.resolve(checksum + ModelJar.ENDING), StandardCopyOption.ATOMIC_MOVE);
      return new Arrived(
          checksum, signers.stream().map(Trust::name).collect(Collectors.joining("; ")));
    } catch (IOException e) {
      throw new UniassException("the model cannot be stored: " + Outputs.reason(e), e);
    } finally {
      Outputs.deleteQuietly(raw);
      Outputs.deleteQuietly(model);
    }
  }

  private static List<CodeSigner> extract(Path jar, Path model) throws IOException {
    List<List<CodeSigner>> signers = new ArrayList<>();
    write(model, out -> signers.add(ModelJar.extract(jar, out)));
    return signers.get(0);
  }

  private static void write(Path file, Source source) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      source.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  private static boolean isJar(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }
}
