/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import uniass.api.data.Images;
import uniass.api.data.SampleFactory;
import uniass.api.experiment.Experiments;
import uniass.api.export.ModelExport;
import uniass.api.inspection.Inspection;
import uniass.lab.Studies;

/**
 * What commands call.
 *
 * @param experiments checks, trains, evaluates, scores, converts
 * @param inspection opens models
 * @param images reads images
 * @param samples generates the sample data set
 * @param studies runs studies
 * @param export writes models for other programs
 */
record Toolbox(
    Experiments experiments,
    Inspection inspection,
    Images images,
    SampleFactory samples,
    Studies studies,
    ModelExport export) {}
