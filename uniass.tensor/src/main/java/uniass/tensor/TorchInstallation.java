/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PyTorch that is installed on this machine, as pip, conda or a download of libtorch lay it out.
 *
 * @param libraries the folder with its libraries
 * @param version such as {@code 2.7.1}; empty if its files do not say
 * @param cuda the CUDA that it was built for, such as {@code 12.6}; empty for none
 * @param rocm whether it was built for AMD's GPUs
 */
record TorchInstallation(Path libraries, String version, String cuda, boolean rocm) {

  /** Name of the setting that names an installation. */
  static final String VARIABLE = "UNIASS_TORCH";

  private static final Pattern VERSION =
      Pattern.compile("__version__ *= *'([^'+]+)(?:\\+([^']*))?'");
  private static final Pattern CUDA = Pattern.compile("(?m)^cuda\\b.*= *'([^']+)'");
  private static final Pattern ROCM = Pattern.compile("(?m)^hip\\b.*= *'([^']+)'");
  private static final Pattern BUILD = Pattern.compile("([^+\\s]+)(?:\\+(\\S+))?");
  private static final Pattern FLAVOR = Pattern.compile("cu(\\d+)(\\d)");

  /** Folders of a Python environment, or of a whole system, that hold packages. */
  private static final List<String> PACKAGES =
      List.of(
          "lib/python3*/site-packages",
          "lib64/python3*/site-packages",
          "local/lib/python3*/dist-packages",
          "lib/python3/dist-packages",
          "Lib/site-packages");

  /**
   * Reads the installation at a place.
   *
   * @param where PyTorch's folder, that with its libraries, the one above, or a Python environment
   * @throws IllegalStateException in one line if there is none
   */
  static TorchInstallation at(Path where) {
    return find(where)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    VARIABLE
                        + " is '"
                        + where
                        + "', and there is no PyTorch: name the folder torch in a Python's"
                        + " site-packages, the folder above it, or a virtual environment"));
  }

  /**
   * Looks where this user's Python would: in the active environment, beside the {@code python3} of
   * the path, and in the user's own packages.
   *
   * @param environment environment variables
   * @return what was found, the most likely first
   */
  static List<TorchInstallation> search(Function<String, String> environment) {
    List<Path> places = new ArrayList<>();
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      Optional.ofNullable(environment.apply(variable)).map(Path::of).ifPresent(places::add);
    }
    String path = Optional.ofNullable(environment.apply("PATH")).orElse("");
    for (String folder : path.split(Pattern.quote(System.getProperty("path.separator")))) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "python3"))) {
        Optional.ofNullable(Path.of(folder).toAbsolutePath().getParent()).ifPresent(places::add);
      }
    }
    String home = environment.apply("HOME");
    if (home != null && !home.isEmpty()) {
      places.add(Path.of(home, ".local"));
    }
    return places.stream().distinct().flatMap(p -> find(p).stream()).distinct().toList();
  }

  private static Optional<TorchInstallation> find(Path where) {
    String library = System.mapLibraryName("torch");
    List<Path> folders = new ArrayList<>();
    folders.add(where);
    folders.add(where.resolve("lib"));
    folders.add(where.resolve("torch/lib"));
    PACKAGES.forEach(p -> folders.addAll(expand(where, p)));
    return folders.stream()
        .filter(folder -> Files.isRegularFile(folder.resolve(library)))
        .findFirst()
        .map(folder -> read(folder.toAbsolutePath().normalize()));
  }

  /** The library folders below a place by a pattern with one star, the highest version first. */
  private static List<Path> expand(Path where, String pattern) {
    List<Path> found = List.of(where);
    for (String name : (pattern + "/torch/lib").split("/")) {
      List<Path> next = new ArrayList<>();
      for (Path folder : found) {
        try (Stream<Path> children =
            name.contains("*")
                ? Files.list(folder)
                : Stream.of(folder.resolve(name)).filter(Files::isDirectory)) {
          children
              .filter(c -> c.getFileName().toString().startsWith(name.replace("*", "")))
              .sorted((a, b) -> minor(b) - minor(a))
              .forEach(next::add);
        } catch (IOException e) {
          // not a folder, or not ours to read: nothing is there for us
        }
      }
      found = next;
    }
    return found;
  }

  private static int minor(Path python) {
    Matcher number = Pattern.compile("\\.(\\d{1,4})$").matcher(python.getFileName().toString());
    return number.find() ? Integer.parseInt(number.group(1)) : 0;
  }

  private static TorchInstallation read(Path libraries) {
    Path torch = libraries.getParent();
    String python = text(torch.resolve("version.py"));
    Matcher version = VERSION.matcher(python);
    if (version.find()) {
      Matcher cuda = CUDA.matcher(python);
      return new TorchInstallation(
          libraries,
          version.group(1),
          cuda.find() ? cuda.group(1) : "",
          ROCM.matcher(python).find());
    }
    Matcher build = BUILD.matcher(text(torch.resolve("build-version")));
    if (!build.find()) {
      return new TorchInstallation(libraries, "", "", false);
    }
    String flavor = Optional.ofNullable(build.group(2)).orElse("");
    Matcher cuda = FLAVOR.matcher(flavor);
    return new TorchInstallation(
        libraries,
        build.group(1),
        cuda.matches() ? cuda.group(1) + "." + cuda.group(2) : "",
        flavor.startsWith("rocm"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether it can compute on NVIDIA's GPUs. */
  boolean forCuda() {
    return !cuda.isEmpty();
  }

  /** What it is and where, for people: {@code PyTorch 2.7.1 for CUDA 12.6 in FOLDER}. */
  String description() {
    return name() + " in " + libraries;
  }

  private String name() {
    return "PyTorch "
        + (version.isEmpty() ? "of an unknown version" : version)
        + (rocm ? " for ROCm" : forCuda() ? " for CUDA " + cuda : " for the CPU");
  }

  /**
   * Says why the product cannot use it, with the fix; empty if it seems to be able to.
   *
   * @param supported the one version that DJL's interface is built for
   */
  Optional<String> fault(String supported) {
    String fix = "'pip install torch==" + supported + "' in an environment of its own, and let ";
    fix += VARIABLE + " name that, or unset it to use the libraries that travel with UniAS";
    if (!version.equals(supported)) {
      return Optional.of(description() + " does not fit, only " + supported + " does: " + fix);
    }
    if (rocm) {
      return Optional.of(description() + " does not fit, DJL has no interface to ROCm: " + fix);
    }
    if (forCuda() && !cuda.startsWith("12.")) {
      return Optional.of(description() + " does not fit, only those for CUDA 12 do: " + fix);
    }
    for (String name :
        forCuda()
            ? List.of("c10", "torch_cpu", "c10_cuda", "torch_cuda")
            : List.of("c10", "torch_cpu")) {
      String library = System.mapLibraryName(name);
      if (!Files.isRegularFile(libraries.resolve(library))) {
        return Optional.of(
            description() + " is incomplete, " + library + " is missing: " + again(supported));
      }
    }
    return cutLibrary()
        .map(file -> description() + " is damaged, " + file + " is cut off: " + again(supported));
  }

  private static String again(String supported) {
    return "install it again ('pip install --force-reinstall torch==" + supported + "')";
  }

  /** A library of its own, or of the CUDA beside it, that lacks its end: loading it ends Java. */
  private Optional<Path> cutLibrary() {
    Path nvidia = libraries.resolve("../../nvidia").normalize();
    try (Stream<Path> own = Files.list(libraries);
        Stream<Path> cudas = Files.isDirectory(nvidia) ? Files.walk(nvidia, 3) : Stream.empty()) {
      return Stream.concat(own, cudas)
          .filter(f -> f.getFileName().toString().matches(".*\\.so(\\.\\d+)*"))
          .filter(ElfFile::isCut)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // the loader will say
    }
  }

  /** The folder of CUDA's runtime: pip installs it beside PyTorch. */
  Path cudaRuntime() {
    Path beside = libraries.resolve("../../nvidia/cuda_runtime/lib").normalize();
    return Files.isDirectory(beside) ? beside : libraries;
  }
}
