package uniass.api.network;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Settings;

/** Turns a level's features into the head's input and the target of its reconstruction. */
@ConsumerType
public interface FeatureProcessing extends NetworkPart {

  /** Channels of the head's input for a level with {@code channels} channels. */
  int inputChannels(int channels);

  /**
   * Processes one level.
   *
   * @param features (N,C,h,w)
   * @return target (N,C,h,w) and input (N,C',h,w)
   */
  Processed process(NDArray features, Settings settings);

  /** A processed level. */
  record Processed(NDArray target, NDArray input) {}
}
