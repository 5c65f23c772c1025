/* SPDX-License-Identifier: Apache-2.0 */
package uniass.runner.train;

import uniass.inference.experiment.TrainSpec;
import uniass.inference.plugin.PartsInUse;

/**
 * A training that is ready to begin, or to go on.
 *
 * @param train how it trains
 * @param parts the plug-ins that it uses
 * @param images which image serves what
 * @param step the network and its optimizer
 * @param description what its model files say about themselves
 * @param folder of its checkpoints
 * @param checkpoints writes them
 * @param warnings what the user should know
 * @param selection says which state is the best
 * @param beginning the state from which it goes on
 * @param listener follows it
 */
record TrainingCourse(
    TrainSpec train,
    PartsInUse parts,
    TrainingImages images,
    TrainStep step,
    ModelDescription description,
    CheckpointFolder folder,
    CheckpointWriter checkpoints,
    TrainingWarnings warnings,
    ModelSelection selection,
    TrainingState beginning,
    TrainingListener listener) {}
