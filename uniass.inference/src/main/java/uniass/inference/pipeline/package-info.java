/**
 * From images to anomaly maps: a {@link uniass.inference.pipeline.Source} delivers batches, the
 * network computes their maps, tiles are joined, and a {@link uniass.inference.pipeline.MapSink}
 * takes the images' maps. Evaluation, calibration and prediction all go this way, so that the same
 * batches give the same maps.
 */
@Export
@Version("1.0.0")
package uniass.inference.pipeline;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
