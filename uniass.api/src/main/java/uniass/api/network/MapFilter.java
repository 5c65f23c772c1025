package uniass.api.network;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Settings;

/** Smooths the anomaly map of one level before fusion. */
@ConsumerType
public interface MapFilter extends NetworkPart {

  /**
   * Filters.
   *
   * @param map (N,1,H/2,W/2), values 0 to 2
   * @param level 0 (coarse) to 3 (fine)
   */
  NDArray filter(NDArray map, int level, Settings settings);
}
