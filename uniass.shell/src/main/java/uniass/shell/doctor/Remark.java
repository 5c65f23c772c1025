/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.doctor;

/**
 * What is wrong, and how to fix it, in one line.
 *
 * @param fatal whether the product cannot work
 */
record Remark(boolean fatal, String text) {

  static Remark error(String text) {
    return new Remark(true, text);
  }

  static Remark warning(String text) {
    return new Remark(false, text);
  }
}
