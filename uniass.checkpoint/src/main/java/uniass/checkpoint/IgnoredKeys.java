/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uniass.tensor.Parameter;
import uniass.tensor.ParameterStore;

/**
 * Keys of published checkpoints that no network here uses: counters of batch norms, and the blocks
 * and the classifier of an EfficientNet after the last level that is used.
 */
final class IgnoredKeys {

  private static final String COUNTER = ".num_batches_tracked";
  private static final Pattern BLOCK = Pattern.compile("backbone\\._blocks\\.([0-9]{1,4})\\..*");
  private static final Pattern TOP = Pattern.compile("backbone\\.(_conv_head|_bn1|_fc)\\..*");

  private final int lastBlock;

  IgnoredKeys(ParameterStore parameters) {
    int last = -1;
    for (Parameter parameter : parameters.parameters()) {
      last = Math.max(last, block(parameter.name()));
    }
    this.lastBlock = last;
  }

  /** Whether a key that the network lacks is known and harmless. */
  boolean contains(String name) {
    return name.endsWith(COUNTER)
        || lastBlock >= 0 && (block(name) > lastBlock || TOP.matcher(name).matches());
  }

  private static int block(String name) {
    Matcher matcher = BLOCK.matcher(name);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }
}
