/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

/** What training does to parameters, in one native call each. */
final class TrainingScript {

  static final Script INSTANCE = Script.load(TrainingScript.class);

  private TrainingScript() {}
}
