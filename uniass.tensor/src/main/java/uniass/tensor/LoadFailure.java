/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.util.Utils;
import java.nio.file.AccessDeniedException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one line why libraries did not load, and how to fix it. */
final class LoadFailure {

  /** Platforms that there is a bundle of libraries for. */
  private static final Set<String> BUNDLED = Set.of("linux-x86_64", "linux-aarch64");

  private static final Pattern MISSING =
      Pattern.compile("(lib[\\w.+-]+\\.so[.\\d]*): cannot open shared object file");
  private static final Pattern TOO_OLD = Pattern.compile("version `(GLIBC(?:XX)?_[\\d.]+)' not");

  private final String platform;
  private final String supported;

  /**
   * Failures on a platform.
   *
   * @param supported PyTorch's version that works here
   */
  LoadFailure(String platform, String supported) {
    this.platform = platform;
    this.supported = supported;
  }

  /** The one line. */
  String explain(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason =
        root instanceof AccessDeniedException denied
            ? denied.getFile() + ": permission denied"
            : root.toString().lines().findFirst().orElse("").replaceAll("^[\\w.]+\\.", "");
    if (reason.contains("already loaded in another classloader")) {
      return "PyTorch was loaded by an earlier version of the bundle uniass.djl and loads only"
          + " once per process: restart the framework";
    }
    String problem = "PyTorch's libraries for " + platform;
    Matcher old = TOO_OLD.matcher(reason);
    if (old.find()) {
      return problem
          + " do not load: this system's C library is too old, "
          + old.group(1)
          + " is missing; use a newer Linux (glibc 2.28 or newer), or a container with one";
    }
    return isElsewhere() ? ofInstalled(problem, reason) : ofOwn(problem, reason);
  }

  private String ofInstalled(String problem, String reason) {
    if (reason.contains("libcuda.so")) {
      return "PYTORCH_LIBRARY_PATH names a PyTorch for CUDA, and this machine has no NVIDIA driver:"
          + " install one, or unset PYTORCH_LIBRARY_PATH to compute on the CPU";
    }
    Matcher missing = MISSING.matcher(reason);
    if (missing.find()) {
      return problem
          + " do not load: "
          + missing.group(1)
          + ", which they need, is missing; install PyTorch again with what it depends on ('pip"
          + " install --force-reinstall torch=="
          + supported
          + "')";
    }
    return problem + " do not load: " + reason + "; " + rightPath(supported);
  }

  private String ofOwn(String problem, String reason) {
    if (!BUNDLED.contains(platform)) {
      return problem
          + " are not part of this product: run it on Linux on x86_64 or aarch64, or set"
          + " UNIASS_TORCH to a PyTorch "
          + supported
          + " for this platform";
    }
    // DJL looks for what is not installed on the network, where it is not allowed to.
    if (reason.contains("Offline mode")) {
      return problem
          + " are not here: install the bundle uniass.djl."
          + platform
          + ", or set UNIASS_TORCH to an installed PyTorch "
          + supported;
    }
    return problem
        + " do not load: "
        + reason
        + "; they are unpacked to "
        + Utils.getEngineCacheDir()
        + ", which must be a folder that can be written and run from, with 450 MB free; name another"
        + " one: UNIASS_CACHE=FOLDER, or the property uniass.native.cache";
  }

  private static boolean isElsewhere() {
    return Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") != null;
  }

  /** How to name PyTorch's folder by hand. */
  static String rightPath(String supported) {
    return "let PYTORCH_LIBRARY_PATH name the lib folder of PyTorch "
        + supported
        + ", or unset it to use the libraries that travel with UniAS";
  }
}
