/* SPDX-License-Identifier: Apache-2.0 */
package uniass.io;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/** Names of files as different systems write them. */
public final class FileNames {

  private FileNames() {}

  /**
   * A name in Unicode's composed form (NFC): macOS and some archives write {@code é} as two
   * characters, lists and Linux as one. Compare names in this form.
   */
  public static String composed(String name) {
    return Normalizer.isNormalized(name, Form.NFC) ? name : Normalizer.normalize(name, Form.NFC);
  }
}
