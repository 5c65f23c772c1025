/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

/**
 * What a trial cost on one machine; 0 for what is not known.
 *
 * @param trainingSeconds of work, without pauses
 * @param millisecondsPerImage of inference, decoding included
 * @param peakMebibytes largest resident memory of the process during the trial
 * @param device that computed
 * @param processor its name
 * @param threads that compute
 */
public record TrialCost(
    double trainingSeconds,
    double millisecondsPerImage,
    double peakMebibytes,
    String device,
    String processor,
    int threads) {}
