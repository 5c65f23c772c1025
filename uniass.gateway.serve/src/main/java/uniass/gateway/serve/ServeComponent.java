/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeService;
import uniass.shell.verb.VerbFactory;

/** Brings the command. */
@Component(service = VerbFactory.class)
public final class ServeComponent implements VerbFactory {

  private final BundleContext context;
  private final ConfigurationAdmin admin;
  private final MetaTypeService metatype;

  /** Creates the component. */
  @Activate
  public ServeComponent(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      @Reference MetaTypeService metatype) {
    this.context = context;
    this.admin = admin;
    this.metatype = metatype;
  }

  @Override
  public Callable<Integer> create(PrintStream out, PrintStream err) {
    return new ServeVerb(this, out, err);
  }

  BundleContext context() {
    return context;
  }

  ConfigurationAdmin admin() {
    return admin;
  }

  MetaTypeService metatype() {
    return metatype;
  }
}
