/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import uniass.io.Outputs;

/** Sockets with TLS. */
final class Tls {

  private Tls() {}

  /**
   * Makes sockets that trust the authorities of one file, and show a certificate of another.
   *
   * @param trust a PEM file; empty for the authorities that Java knows
   * @param identity a PKCS #12 file; empty for no certificate
   * @param secret what opens the identity
   * @throws IOException naming the file that cannot be used
   */
  static SSLSocketFactory sockets(String trust, String identity, String secret) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity.isEmpty() ? null : keys(Path.of(identity), secret.toCharArray()),
          trust.isEmpty() ? null : authorities(Path.of(trust)),
          null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] authorities(Path file) throws IOException {
    try (InputStream in = open(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException(file + ": no certificate");
      }
      for (Certificate certificate : found) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": not a PEM file of certificates", e);
    }
  }

  private static KeyManager[] keys(Path file, char[] secret) throws IOException {
    KeyStore store;
    try (InputStream in = open(file)) {
      store = KeyStore.getInstance("PKCS12");
      store.load(in, secret);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, secret);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": not a PKCS #12 file that can be used", e);
    } catch (IOException e) {
      throw e.getMessage() != null && e.getMessage().startsWith(file.toString())
          ? e
          : new IOException(
              file + ": cannot be opened; is 'identity SECRET' of the credentials right?", e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new IOException(file + ": cannot be read: " + Outputs.reason(e), e);
    }
  }
}
