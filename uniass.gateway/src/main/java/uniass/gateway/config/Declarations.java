/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.config;

import java.util.Arrays;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import uniass.gateway.kind.Keys;

/**
 * Holds a service's configuration against what its bundle declares, before the service is made: a
 * component that lacks what it needs could only fail with a stack trace.
 */
@Component(service = Declarations.class)
public final class Declarations {

  private static final String FACTORY_PID = "service.factoryPid";

  private final MetaTypeService metatype;

  /** Creates the component. */
  @Activate
  public Declarations(@Reference MetaTypeService metatype) {
    this.metatype = metatype;
  }

  /**
   * What a service's configuration lacks, in one line; empty if nothing, or if the service has no
   * factory configuration, or its bundle declares nothing about it.
   */
  public Optional<String> missing(ServiceReference<?> service) {
    MetaTypeInformation declared =
        service.getBundle() == null ? null : metatype.getMetaTypeInformation(service.getBundle());
    if (declared == null || !(service.getProperty(FACTORY_PID) instanceof String pid)) {
      return Optional.empty();
    }
    return Arrays.asList(declared.getFactoryPids()).contains(pid)
        ? Keys.of(declared.getObjectClassDefinition(pid, null))
            .missing(service::getProperty)
            .map(what -> what + " (configuration " + name(service) + ")")
        : Optional.empty();
  }

  /** What a service's configuration is called; its class if it has none. */
  public static String name(ServiceReference<?> service) {
    return service.getProperty(Constants.SERVICE_PID) instanceof String pid
        ? pid
        : String.valueOf(((Object[]) service.getProperty(Constants.OBJECTCLASS))[0]);
  }
}
