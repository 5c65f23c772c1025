/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.health;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;

/** Whether tensors work. */
@Component(property = {HealthCheck.NAME + "=UniAS engine", HealthCheck.TAGS + "=uniass"})
public final class EngineCheck implements HealthCheck {

  private final EngineReady engine;

  /**
   * Creates the check.
   *
   * @param engine null if it is not there
   */
  @Activate
  public EngineCheck(
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          EngineReady engine) {
    this.engine = engine;
  }

  @Override
  public Result execute() {
    if (engine != null) {
      return new Result(Status.OK, engine.description() + ", devices: " + engine.devices());
    }
    return Engines.failure()
        .map(why -> new Result(Status.CRITICAL, why))
        .orElseGet(() -> new Result(Status.TEMPORARILY_UNAVAILABLE, "PyTorch is not loaded yet"));
  }
}
