/* SPDX-License-Identifier: Apache-2.0 */
package uniass.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;

/** Finds out why a service isn't there, and says it in one line. */
final class MissingService {

  /** The filter by which a framework names a package that it does not find. */
  private static final Pattern MISSING_PACKAGE =
      Pattern.compile("osgi\\.wiring\\.package=([^)]+)\\)(?:\\(version>=([^)]+)\\))?");

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
    if (service.equals(EngineReady.class.getName()) && Engines.failure().isPresent()) {
      return List.of(Engines.failure().get());
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
      if (components.isComponentEnabled(provider)) {
        causes.addAll(causes(provider, visited));
      } else {
        // another component of its bundle enables it, when it is satisfied itself
        components.getComponentDescriptionDTOs(context.getBundle(provider.bundle.id)).stream()
            .filter(c -> c.serviceInterfaces.length == 0 && components.isComponentEnabled(c))
            .forEach(c -> causes.addAll(causes(c, visited)));
      }
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
      whyUnresolved(bundle)
          .ifPresent(
              why -> causes.add("bundle " + bundle.getSymbolicName() + " cannot start: " + why));
    }
    return causes;
  }

  /** Why a bundle does not resolve, on one line; empty if it does. */
  static Optional<String> whyUnresolved(Bundle bundle) {
    if (bundle.getState() != Bundle.INSTALLED) {
      return Optional.empty();
    }
    try {
      bundle.start(Bundle.START_TRANSIENT);
      return Optional.empty();
    } catch (BundleException e) {
      return Optional.of(inWords(String.valueOf(e.getMessage())));
    }
  }

  private static String inWords(String resolverMessage) {
    Matcher missing = MISSING_PACKAGE.matcher(resolverMessage);
    if (!missing.find()) {
      return resolverMessage.strip().split("\\R")[0];
    }
    String version = missing.group(2) == null ? "" : " from version " + missing.group(2);
    return "no bundle offers the package " + missing.group(1) + version;
  }
}
