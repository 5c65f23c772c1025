/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uniass.api.UniassException;
import uniass.io.Outputs;

/** Whose signatures count: those of certificates in a PEM file, or of such as these signed. */
final class Trust {

  private final Path file;
  private final List<X509Certificate> trusted;

  private Trust(Path file, List<X509Certificate> trusted) {
    this.file = file;
    this.trusted = trusted;
  }

  /**
   * Reads a PEM file.
   *
   * @throws UniassException naming the file
   */
  static Trust of(Path file) {
    List<X509Certificate> trusted = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .forEach(certificate -> trusted.add((X509Certificate) certificate));
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    } catch (CertificateException e) {
      throw new UniassException(
          file + ": is not a PEM file with certificates; keytool -exportcert -rfc writes one", e);
    }
    if (trusted.isEmpty()) {
      throw new UniassException(file + ": has no certificate; keytool -exportcert -rfc writes one");
    }
    return new Trust(file, List.copyOf(trusted));
  }

  /**
   * Insists on a signature that counts.
   *
   * @param signers of the model; may be none
   */
  void insist(List<CodeSigner> signers) {
    if (signers.isEmpty()) {
      throw new UniassException(
          "the model is not signed, and only signed ones are accepted here; sign its jar with"
              + " jarsigner");
    }
    List<String> reasons = new ArrayList<>();
    for (CodeSigner signer : signers) {
      try {
        check(signer);
        return;
      } catch (GeneralSecurityException e) {
        reasons.add("%s: %s".formatted(name(signer), e.getMessage()));
      }
    }
    throw new UniassException(
        "the model's signature does not count here (%s has the certificates): %s"
            .formatted(file, String.join("; ", reasons)));
  }

  private void check(CodeSigner signer) throws GeneralSecurityException {
    Date when = signer.getTimestamp() == null ? new Date() : signer.getTimestamp().getTimestamp();
    X509Certificate own = certificate(signer);
    if (trusted.contains(own)) {
      own.checkValidity(when);
      return;
    }
    Set<TrustAnchor> anchors =
        trusted.stream().map(c -> new TrustAnchor(c, null)).collect(Collectors.toSet());
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setRevocationEnabled(false); // a gateway has no network to ask
    parameters.setDate(when);
    try {
      CertPathValidator.getInstance("PKIX").validate(signer.getSignerCertPath(), parameters);
    } catch (CertPathValidatorException e) {
      throw new GeneralSecurityException("no trusted certificate vouches for it", e);
    }
  }

  private static X509Certificate certificate(CodeSigner signer) {
    return (X509Certificate) signer.getSignerCertPath().getCertificates().get(0);
  }

  /** Who signed, in words. */
  static String name(CodeSigner signer) {
    return certificate(signer).getSubjectX500Principal().getName();
  }
}
