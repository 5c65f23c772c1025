/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

/**
 * What a study's rule compares of a trial.
 *
 * @param epochs done when it was measured
 * @param loss mean over the normal images that are held out
 */
record HeldOut(int epochs, double loss) {}
