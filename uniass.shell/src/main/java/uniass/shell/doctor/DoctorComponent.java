/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell.doctor;

import ai.djl.Device;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import uniass.api.experiment.FirstAid;
import uniass.inference.model.Models;
import uniass.inference.selftest.DeviceTest;
import uniass.shell.verb.VerbFactory;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;
import uniass.tensor.GpuDriver;

/** Brings the command, with the others and, if those cannot come, alone. */
@Component
public final class DoctorComponent implements VerbFactory, FirstAid {

  private final BundleContext context;

  /** Needs nothing. */
  @Activate
  public DoctorComponent(BundleContext context) {
    this.context = context;
  }

  @Override
  public Callable<Integer> create(PrintStream out, PrintStream err) {
    Anonymous anonymous =
        new Anonymous(
            List.of(
                System.getProperty("user.home", ""),
                Optional.ofNullable(System.getenv("HOME")).orElse("")),
            System.getProperty("user.name", ""));
    return new DoctorVerb((device, debug) -> examine(device, debug ? err : null), anonymous, out);
  }

  @Override
  public int run(List<String> arguments, PrintStream out, PrintStream err) {
    return new picocli.CommandLine(create(out, err)).execute(arguments.toArray(String[]::new));
  }

  private Examination examine(Optional<String> device, PrintStream traces) {
    Optional<Models> models = service(Models.class);
    Installation installation =
        new Installation(
            context.getBundle().getVersion().toString(),
            service(EngineReady.class),
            Engines.failure(),
            models,
            GpuDriver.here());
    return new Examination(Machine.here(context::getProperty), installation)
        .run(device, d -> test(models.orElseThrow(), d, traces));
  }

  private static DeviceTest.Result test(Models models, Device device, PrintStream traces) {
    try {
      return new DeviceTest(models).run(device);
    } catch (RuntimeException | Error e) {
      if (traces != null) {
        e.printStackTrace(traces);
      }
      throw e;
    }
  }

  private <S> Optional<S> service(Class<S> type) {
    ServiceReference<S> reference = context.getServiceReference(type);
    return Optional.ofNullable(reference).map(context::getService);
  }
}
