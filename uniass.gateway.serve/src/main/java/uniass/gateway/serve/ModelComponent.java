/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import uniass.shell.verb.VerbFactory;

/** Brings the command {@code model}. */
@Component(service = VerbFactory.class)
public final class ModelComponent implements VerbFactory {

  @Override
  public Callable<Integer> create(PrintStream out, PrintStream err) {
    return new ModelVerb(out, err);
  }
}
