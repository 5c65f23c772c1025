/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.testing;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import uniass.gateway.config.Declarations;

/** Services as a framework hands them to a component. */
public final class Services {

  private Services() {}

  /** What no bundle declares anything about. */
  public static Declarations undeclared() {
    return new Declarations(bundle -> null);
  }

  /** A service with properties. */
  public static <S> ComponentServiceObjects<S> of(S service, Map<String, Object> properties) {
    ServiceReference<S> reference = reference(properties);
    return new ComponentServiceObjects<>() {
      @Override
      public S getService() {
        return service;
      }

      @Override
      public void ungetService(S other) {
        if (other != service) {
          throw new IllegalArgumentException();
        }
      }

      @Override
      public ServiceReference<S> getServiceReference() {
        return reference;
      }
    };
  }

  @SuppressWarnings("unchecked") // a proxy has no type parameter
  private static <S> ServiceReference<S> reference(Map<String, Object> properties) {
    return (ServiceReference<S>)
        Proxy.newProxyInstance(
            ServiceReference.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getProperty" -> properties.get(arguments[0]);
                  case "getBundle" -> bundle();
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Bundle bundle() {
    return (Bundle)
        Proxy.newProxyInstance(
            Bundle.class.getClassLoader(),
            new Class<?>[] {Bundle.class},
            (proxy, method, arguments) -> null);
  }
}
