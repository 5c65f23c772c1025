/* SPDX-License-Identifier: Apache-2.0 */
package uniass.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import uniass.api.UniassException;
import uniass.api.checkpoint.Checkpoint;
import uniass.api.checkpoint.Checkpoints;
import uniass.api.checkpoint.ConversionReport;
import uniass.api.checkpoint.LoadReport;
import uniass.api.checkpoint.TensorData;
import uniass.io.AtomicFile;
import uniass.tensor.ParameterStore;

/** Model files on disk. Whoever has parameters to load has an engine, so none is asked for here. */
@Component(service = Checkpoints.class)
public final class CheckpointFiles implements Checkpoints {

  @Override
  public Checkpoint read(Path file) {
    return reading(file.toString(), () -> FileKind.of(file).read(file));
  }

  @Override
  public Map<String, String> metadata(Path file) {
    return reading(file.toString(), () -> FileKind.of(file).metadata(file));
  }

  @Override
  public Checkpoint read(InputStream stream, String name) {
    return reading(name, () -> EntryNames.plain(SafetensorsReader.read(stream)));
  }

  @Override
  public void write(Path file, Map<String, TensorData> tensors, Map<String, String> metadata) {
    AtomicFile.writeSynced(file, channel -> SafetensorsWriter.write(channel, tensors, metadata));
  }

  @Override
  public LoadReport load(Checkpoint checkpoint, ParameterStore parameters, String prefix) {
    try {
      Checkpoint fitting = EntryNames.fitting(checkpoint, parameters, prefix);
      LoadReport names = SavedParameters.load(fitting.tensors(), parameters, prefix);
      List<String> more =
          fitting.notes().subList(checkpoint.notes().size(), fitting.notes().size());
      return new LoadReport(
          names.matched(), names.missing(), names.unexpected(), names.ignored(), more);
    } catch (BadFileException e) {
      throw new UniassException("the model file " + e.getMessage(), e);
    }
  }

  @Override
  public Map<String, TensorData> save(ParameterStore parameters) {
    return SavedParameters.save(parameters);
  }

  @Override
  public ConversionReport convert(
      Path in, Path out, ParameterStore network, Map<String, String> metadata, boolean keepAll) {
    Checkpoint checkpoint = read(in);
    Conversion conversion =
        reading(in.toString(), () -> Conversion.of(checkpoint, network, metadata, keepAll));
    write(out, conversion.tensors(), conversion.metadata());
    return conversion.report();
  }

  /** Something that reads a file. */
  private interface Reading<T> {
    T run() throws IOException;
  }

  private static <T> T reading(String name, Reading<T> reading) {
    try {
      return reading.run();
    } catch (IOException e) {
      throw new UniassException(name + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException) {
      return AtomicFile.reason(e);
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : Quoted.line(e.getMessage());
  }
}
