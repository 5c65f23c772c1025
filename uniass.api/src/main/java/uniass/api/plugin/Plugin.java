/* SPDX-License-Identifier: Apache-2.0 */
package uniass.api.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names a plug-in: becomes the service properties {@code uniass.name} and {@code
 * uniass.description}, and a capability of its bundle. The type follows from the service interface.
 *
 * <pre>
 * {@literal @}Component(service = GatedCnn.class, scope = ServiceScope.PROTOTYPE)
 * {@literal @}Plugin(name = "sigmoid-gate", description = "conv3x3(x) * sigmoid(conv1x1(x))")
 * public final class SigmoidGate implements GatedCnn {}
 * </pre>
 */
@ComponentPropertyType
@Capability(namespace = Plugin.NAMESPACE, attribute = "component=${@class}")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Plugin {

  /** The capability's namespace. */
  String NAMESPACE = "uniass.plugin";

  /** Prefix of the service properties. */
  String PREFIX_ = "uniass.";

  /** The name by which experiments pick it, in kebab case: {@code mgg-cnn}. */
  @Attribute("name")
  String name();

  /** One line for {@code uniass list}. */
  String description();
}
