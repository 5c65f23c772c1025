/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import uniass.api.UniassException;
import uniass.gateway.kind.ConfigurationCheck;
import uniass.gateway.kind.Configured;

/** Has the bundles look at what is to be configured. */
final class Checks {

  private Checks() {}

  /**
   * Insists that no bundle finds a fault.
   *
   * @throws UniassException with the first fault
   */
  static void insist(BundleContext context, List<Setup> setups) {
    List<Configured> all =
        setups.stream().map(s -> new Configured(s.where(), s.pid(), s.values())).toList();
    try {
      for (ServiceReference<ConfigurationCheck> reference :
          context.getServiceReferences(ConfigurationCheck.class, null)) {
        ConfigurationCheck check = context.getService(reference);
        if (check != null) {
          check
              .fault(all)
              .ifPresent(
                  fault -> {
                    throw new UniassException(fault);
                  });
          context.ungetService(reference);
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("there is no filter", e);
    }
  }
}
