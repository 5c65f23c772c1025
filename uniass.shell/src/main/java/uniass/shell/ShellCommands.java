/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import uniass.api.experiment.CommandLine;

/** Offers all commands in the Gogo shell: {@code uniass:train} and so on. */
@Component(
    immediate = true,
    service = {})
public final class ShellCommands {

  private final ServiceRegistration<?> registration;

  /** Registers the commands; Gogo finds them by two service properties. */
  @Activate
  public ShellCommands(BundleContext context, @Reference CommandLine commandLine) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("osgi.command.scope", "uniass");
    properties.put("osgi.command.function", commandLine.commands().toArray(String[]::new));
    registration =
        context.registerService(ShellFunction.class, new ShellFunction(commandLine), properties);
  }

  @Deactivate
  void stop() {
    registration.unregister();
  }
}
