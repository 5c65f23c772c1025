/* SPDX-License-Identifier: Apache-2.0 */
package uniass.model.map;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import uniass.api.network.MapFilter;
import uniass.api.network.NetworkShape;
import uniass.api.plugin.Plugin;
import uniass.api.plugin.Setting;
import uniass.api.plugin.Settings;
import uniass.tensor.ParameterScope;

/**
 * The paper's Gaussian blur; then the mean and spread of the few places that are usually odd become
 * those of the others, as far as normal images show that places differ. For products that always
 * lie at the same place. {@link LocationStatistics} has the formulas.
 */
@Component(service = MapFilter.class, scope = ServiceScope.PROTOTYPE)
@Plugin(
    name = "per-location",
    description =
        "Gaussian blur, then each place against what is usual there in normal images of its"
            + " category; for aligned products")
public final class PerLocationFilter implements MapFilter {

  static final String GRID = "grid";
  static final String PRIOR = "prior";
  static final String RAISE = "raise";

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.integer(GRID, 8, 2, 64, "places along each side of the map"),
        Setting.number(
            PRIOR,
            4,
            0,
            1000,
            "how many images the spread of the whole map counts as against that of a place"),
        Setting.flag(
            RAISE,
            false,
            "places that are usually quiet are raised, too: only for images that are alike to the"
                + " pixel and have no empty background"));
  }

  @Override
  public Layer create(ParameterScope scope, NetworkShape shape, Settings settings) {
    return new PerLocation(scope, settings);
  }
}
