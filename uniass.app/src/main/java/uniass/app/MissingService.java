package uniass.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Finds out why a service isn't there, and says it in one line. */
final class MissingService {

  private final BundleContext context;
  private final ServiceComponentRuntime components;

  MissingService(BundleContext context, ServiceComponentRuntime components) {
    this.context = context;
    this.components = components;
  }

  /** Whether waiting is in vain: a component failed, or a bundle that should run can't. */
  boolean isHopeless(Class<?> service) {
    return !causes(service.getName(), new LinkedHashSet<>()).isEmpty();
  }

  /** One line that names the bundles and components at fault. */
  String explain(Class<?> service) {
    Set<String> causes = new LinkedHashSet<>(causes(service.getName(), new LinkedHashSet<>()));
    if (causes.isEmpty()) {
      return "the components behind " + service.getName() + " did not become ready in time";
    }
    return String.join("; ", causes);
  }

  private List<String> causes(String service, Set<String> visited) {
    List<String> causes = new ArrayList<>();
    if (!visited.add(service) || context.getServiceReference(service) != null) {
      return causes;
    }
    Collection<ComponentDescriptionDTO> providers =
        components.getComponentDescriptionDTOs().stream()
            .filter(c -> Arrays.asList(c.serviceInterfaces).contains(service))
            .toList();
    if (providers.isEmpty()) {
      List<String> unresolved = unresolvedBundles();
      return unresolved.isEmpty() ? List.of("no bundle offers " + service) : unresolved;
    }
    for (ComponentDescriptionDTO provider : providers) {
      causes.addAll(causes(provider, visited));
    }
    return causes;
  }

  private List<String> causes(ComponentDescriptionDTO provider, Set<String> visited) {
    List<String> causes = new ArrayList<>();
    for (ComponentConfigurationDTO configuration :
        components.getComponentConfigurationDTOs(provider)) {
      if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
        causes.add(
            provider.name
                + " of bundle "
                + provider.bundle.symbolicName
                + " failed: "
                + rootMessage(configuration.failure));
      }
      for (UnsatisfiedReferenceDTO unsatisfied : configuration.unsatisfiedReferences) {
        for (ReferenceDTO reference : provider.references) {
          if (reference.name.equals(unsatisfied.name)) {
            causes.addAll(causes(reference.interfaceName, visited));
          }
        }
      }
    }
    return causes;
  }

  /** SCR hands the failure over as a printed stack trace: the last cause is what counts. */
  private static String rootMessage(String stackTrace) {
    if (stackTrace == null) {
      return "no reason given";
    }
    String[] lines = stackTrace.strip().split("\\R");
    String message = lines[0];
    for (String line : lines) {
      if (line.startsWith("Caused by: ")) {
        message = line.substring("Caused by: ".length());
      }
    }
    return message;
  }

  private List<String> unresolvedBundles() {
    List<String> causes = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() == Bundle.INSTALLED) {
        causes.add(
            "bundle " + bundle.getSymbolicName() + " cannot start: " + whyUnresolved(bundle));
      }
    }
    return causes;
  }

  static String whyUnresolved(Bundle bundle) {
    try {
      bundle.start(Bundle.START_TRANSIENT);
      return "it started now";
    } catch (BundleException e) {
      return String.valueOf(e.getMessage()).strip().split("\\R")[0];
    }
  }
}
