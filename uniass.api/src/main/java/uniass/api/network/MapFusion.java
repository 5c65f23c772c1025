package uniass.api.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Settings;

/** Fuses the levels' anomaly maps into one. */
@ConsumerType
public interface MapFusion extends NetworkPart {

  /** Fuses maps (N,1,H/2,W/2), coarse to fine, into one of that shape. */
  NDArray fuse(NDList maps, Settings settings);
}
