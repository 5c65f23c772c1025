/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.health;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import uniass.api.inspection.Inspector;
import uniass.inference.InspectorComponent;

/** Whether each configuration of an inspector has given one. */
@Component(property = {HealthCheck.NAME + "=UniAS inspectors", HealthCheck.TAGS + "=uniass"})
public final class InspectorsCheck implements HealthCheck {

  private final BundleContext context;
  private final ServiceComponentRuntime components;

  /** Looks at the components of the bundle. */
  @Activate
  public InspectorsCheck(BundleContext context, @Reference ServiceComponentRuntime components) {
    this.context = context;
    this.components = components;
  }

  @Override
  public Result execute() {
    FormattingResultLog log = new FormattingResultLog();
    var found =
        components.getComponentConfigurationDTOs(
            components.getComponentDescriptionDTO(
                context.getBundle(), InspectorComponent.class.getName()));
    if (found.isEmpty()) {
      log.info("no inspector is configured");
    }
    found.forEach(configuration -> check(configuration, log));
    return new Result(log);
  }

  private void check(ComponentConfigurationDTO configuration, FormattingResultLog log) {
    Map<String, Object> settings = configuration.properties;
    Object pid = settings.get(Constants.SERVICE_PID);
    Object model = settings.get("model");
    if (configuration.unsatisfiedReferences.length > 0) {
      String missing =
          Arrays.stream(configuration.unsatisfiedReferences)
              .map(reference -> reference.name)
              .collect(Collectors.joining(", "));
      log.temporarilyUnavailable("{}: waits for {}", pid, missing);
    } else if (inspectors(pid).isEmpty()) {
      log.critical("{}: {} was not opened; the log says why", pid, model);
    } else {
      log.info("{}: {} is open", pid, model);
    }
  }

  private List<ServiceReference<Inspector>> inspectors(Object pid) {
    try {
      String filter = "(" + Constants.SERVICE_PID + "=" + pid + ")";
      return List.copyOf(context.getServiceReferences(Inspector.class, filter));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e); // a PID has no characters that a filter minds
    }
  }
}
