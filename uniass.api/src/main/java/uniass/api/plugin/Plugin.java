package uniass.api.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names a plug-in: becomes the service properties {@code uniass.type}, {@code uniass.name} and
 * {@code uniass.description}, and a capability of its bundle that a resolver can require.
 */
@ComponentPropertyType
@Capability(namespace = Plugin.NAMESPACE)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Plugin {

  /** The capability's namespace. */
  String NAMESPACE = "uniass.plugin";

  /** Prefix of the service properties. */
  String PREFIX_ = "uniass.";

  /** One of {@link PluginType}'s constants. */
  @Attribute("type")
  String type();

  /** The name by which experiments pick it, in kebab case: {@code mgg-cnn}. */
  @Attribute("name")
  String name();

  /** One line for {@code uniass:list}. */
  String description();
}
