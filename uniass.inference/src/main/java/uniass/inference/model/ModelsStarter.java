/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.model;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.data.Images;
import uniass.api.metric.ThresholdCalibrator;
import uniass.api.network.Networks;
import uniass.inference.plugin.DeclaredPlugins;

/**
 * Enables {@link ModelsComponent} when the bundles that models need have published all plug-ins
 * that they declare. They publish them one by one, and so later than their services.
 */
@Component(
    immediate = true,
    service = {})
public final class ModelsStarter {

  static final String MODELS = "uniass.models";

  private final ComponentContext component;
  private final DeclaredPlugins declared;

  /** Begins to wait for the plug-ins. */
  @Activate
  public ModelsStarter(
      ComponentContext component,
      @Reference Networks networks,
      @Reference Checkpoints checkpoints,
      @Reference Images images,
      @Reference ThresholdCalibrator thresholds)
      throws InvalidSyntaxException {
    this.component = component;
    Set<Bundle> bundles =
        Stream.of(networks, checkpoints, images, thresholds)
            .map(service -> FrameworkUtil.getBundle(service.getClass()))
            .collect(Collectors.toSet());
    this.declared =
        new DeclaredPlugins(
            component.getBundleContext(), bundles, () -> component.enableComponent(MODELS));
  }

  @Deactivate
  void stop() {
    declared.close();
    component.disableComponent(MODELS);
  }
}
