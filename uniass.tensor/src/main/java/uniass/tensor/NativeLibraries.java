/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngineProvider;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Loads PyTorch's native libraries through DJL, and says in one line what is wrong if they cannot
 * be loaded. DJL finds them in a fragment of its bundle (or a jar on the class path), in an
 * installation that {@link InstalledTorch} finds, or in the folder that {@code
 * PYTORCH_LIBRARY_PATH} names.
 */
final class NativeLibraries {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);

  /** DJL logs by java.util.logging inside its bundle. Kept here: loggers are held weakly. */
  private static final Logger DJL_LOG = Logger.getLogger("ai.djl");

  /** Looks for GPUs more than once, and prints each time what {@link GpuDriver} says. */
  private static final Logger CUDA_LOG = Logger.getLogger("ai.djl.util.cuda");

  /** Complains of folders that it cannot use, with stack traces; it only looks for GPUs here. */
  private static final Logger JNA_LOG = Logger.getLogger("com.sun.jna");

  private final Function<String, String> settings;
  private final ClassLoader djl = PtEngineProvider.class.getClassLoader();
  private final String platform = platform();

  NativeLibraries(Function<String, String> settings) {
    this.settings = settings;
  }

  /**
   * Loads the libraries with DJL's class loader as context, which DJL looks everything up in.
   *
   * @return what was chosen instead of the libraries that travel with the product
   */
  Optional<InstalledTorch> load() {
    configure();
    Optional<InstalledTorch> installed = installed();
    checkLibraryPath();
    int threads = Threads.allowed(settings);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(djl);
    try {
      // Explicit, so that an earlier touch of Engine with another context class loader does no
      // harm.
      Engine.registerEngine(new PtEngineProvider());
      checkUnpacked();
      Engine.getEngine("PyTorch");
      JniUtils.setNumThreads(threads);
      return installed;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Exception | Error e) {
      throw new IllegalStateException(new LoadFailure(platform, supportedVersion()).explain(e), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Optional<InstalledTorch> installed() {
    Optional<InstalledTorch> installed =
        InstalledTorch.choose(
            settings,
            new InstalledTorch.Circumstances(
                System::getenv, supportedVersion(), this::hasInterface, GpuDriver::here));
    installed.ifPresent(InstalledTorch::apply);
    return installed;
  }

  private boolean hasInterface(String flavor) {
    return djl.getResource(interfaceOf(flavor)) != null;
  }

  private String interfaceOf(String flavor) {
    return "jnilib/" + platform + "/" + flavor + "/" + System.mapLibraryName("djl_torch");
  }

  private void configure() {
    setDefault(DJL_LOG, Level.WARNING);
    setDefault(CUDA_LOG, Level.SEVERE);
    setDefault(JNA_LOG, Level.SEVERE);
    setDefault("OPT_OUT_TRACKING", "true");
    setDefault("ai.djl.offline", "true");
    String wanted = settings.apply("uniass.native.cache");
    if (wanted != null) {
      System.setProperty("ENGINE_CACHE_DIR", wanted);
    } else if (environment("ENGINE_CACHE_DIR") == null) {
      Path folder =
          CacheFolders.ofUser().folder("libraries", "UNIASS_CACHE (or uniass.native.cache)");
      System.setProperty("ENGINE_CACHE_DIR", folder.toString());
    }
    Path cache = Utils.getEngineCacheDir();
    if (Files.isWritable(cache)) {
      setDefault("jna.tmpdir", cache.toString());
    }
  }

  /** Puts the libraries where DJL looks for them, so that it finds them whole. */
  private void checkUnpacked() throws IOException {
    Platform found = Platform.detectPlatform("pytorch");
    Map<String, String> packed = new LinkedHashMap<>();
    String flavor = found.getFlavor();
    if (environment("PYTORCH_LIBRARY_PATH") != null) {
      flavor = environment("PYTORCH_FLAVOR");
    } else if (found.isPlaceholder() || found.getLibraries().length == 0) {
      return; // DJL says what is missing
    } else {
      for (String library : found.getLibraries()) {
        packed.put(library, "pytorch/" + flavor + "/" + platform + "/" + library);
      }
    }
    String jni = System.mapLibraryName("djl_torch");
    packed.put(Engine.getDjlVersion() + "-" + jni, interfaceOf(flavor));
    Path folder =
        Utils.getEngineCacheDir("pytorch")
            .resolve(found.getVersion() + "-" + flavor + "-" + platform);
    new UnpackedLibraries(
            folder, List.copyOf(packed.keySet()), name -> djl.getResourceAsStream(packed.get(name)))
        .check("true".equals(settings.apply("uniass.native.verify")), boot())
        .ifPresent(fault -> LOG.warn("{}: {}; the libraries were unpacked again", folder, fault));
  }

  /** Linux names each start of the machine. */
  private static String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** DJL ignores a wrong path, and takes a wrong flavor for a file that has to be downloaded. */
  private void checkLibraryPath() {
    String path = environment("PYTORCH_LIBRARY_PATH");
    if (path == null) {
      return;
    }
    String library = System.mapLibraryName("torch");
    List<File> folders = Stream.of(path.split(File.pathSeparator)).map(File::new).toList();
    if (folders.stream()
        .noneMatch(f -> new File(f, library).isFile() || f.getName().equals(library))) {
      throw new IllegalStateException(
          "PYTORCH_LIBRARY_PATH is '"
              + path
              + "', but there is no "
              + library
              + " in it; "
              + LoadFailure.rightPath(supportedVersion()));
    }
    String cuda = System.mapLibraryName("torch_cuda");
    boolean gpu = folders.stream().anyMatch(folder -> new File(folder, cuda).isFile());
    setDefault("PYTORCH_FLAVOR", gpu ? "cu128" : "cpu");
    String flavor = environment("PYTORCH_FLAVOR");
    String jni = System.mapLibraryName("djl_torch");
    if (!hasInterface(flavor)
        && folders.stream().noneMatch(folder -> new File(folder, jni).isFile())) {
      throw new IllegalStateException(
          "PYTORCH_FLAVOR is '"
              + flavor
              + "', for which there is no "
              + jni
              + " on "
              + platform
              + "; write cpu or, with PyTorch for CUDA 12.8, cu128");
    }
    String version = environment("PYTORCH_VERSION");
    if (version != null && !version.equals(supportedVersion())) {
      throw new IllegalStateException(
          "PYTORCH_VERSION is '"
              + version
              + "'; only "
              + supportedVersion()
              + " works here: "
              + LoadFailure.rightPath(supportedVersion()));
    }
  }

  private String supportedVersion() {
    Properties properties = new Properties();
    try (InputStream in = djl.getResourceAsStream("pytorch-engine.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("the bundle uniass.djl is damaged", e);
    }
    return properties.getProperty("pytorch_version");
  }

  private static String platform() {
    String os = System.getProperty("os.name");
    String prefix =
        os.startsWith("Win")
            ? "win"
            : os.startsWith("Mac") ? "osx" : os.toLowerCase(Locale.ROOT).replace(' ', '-');
    String architecture = System.getProperty("os.arch");
    return prefix + "-" + (architecture.equals("amd64") ? "x86_64" : architecture);
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    return value != null ? value : System.getProperty(name);
  }

  private static void setDefault(Logger logger, Level level) {
    if (logger.getLevel() == null) {
      logger.setLevel(level);
    }
  }

  private static void setDefault(String property, String value) {
    if (environment(property) == null) {
      System.setProperty(property, value);
    }
  }
}
