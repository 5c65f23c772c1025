package uniass.api.inspection;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Opens trained models. */
@ProviderType
public interface Inspection {

  /**
   * Loads a model; whoever opens it closes it.
   *
   * @throws uniass.api.UniassException if the file is not a model, or its plug-ins are missing
   */
  Inspector open(Path model, InspectionOptions options);
}
