/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.store;

/**
 * A model in the store.
 *
 * @param name that of the experiment that trained it
 * @param version counts the models of that name
 * @param checksum the file's SHA-256, in hexadecimal digits
 * @param added when it was added, as ISO 8601 has it
 * @param signer who signed the jar that it came in; empty if nobody did
 * @param retired whether it can be used no more, and its file is gone
 */
public record StoredModel(
    String name, int version, String checksum, String added, String signer, boolean retired) {

  /** How people name it: {@code bottles@2}. */
  public String reference() {
    return name + "@" + version;
  }

  StoredModel retire() {
    return new StoredModel(name, version, checksum, added, signer, true);
  }
}
