/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway;

/**
 * Which model judged.
 *
 * @param name its name: that of the experiment that trained it, unless the model store has another
 * @param version its version in the model store, or the first digits of the checksum
 * @param checksum the file's SHA-256, in hexadecimal digits
 */
public record ModelVersion(String name, String version, String checksum) {}
