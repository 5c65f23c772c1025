package uniass.api.network;

import org.osgi.annotation.versioning.ConsumerType;
import uniass.api.plugin.Settings;
import uniass.tensor.Layer;
import uniass.tensor.ParameterScope;

/**
 * The convolutional adaptor after each attention block and in the query processor: (N,C,h,w) to
 * (N,C',h,w), same height and width.
 */
@ConsumerType
public interface GatedCnn extends NetworkPart {

  /** Creates one layer; called once a decoder level, and once for the query processor. */
  Layer create(ParameterScope scope, int inputChannels, int outputChannels, Settings settings);
}
