package uniass.inference;

import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.inspection.Inspection;
import uniass.api.inspection.InspectionOptions;
import uniass.api.inspection.Inspector;

/** Publishes {@link Inspection}. */
@Component(service = Inspection.class)
public final class InspectionComponent implements Inspection {

  private final Services services;

  /** Creates the component. */
  @Activate
  public InspectionComponent(@Reference Services services) {
    this.services = services;
  }

  @Override
  public Inspector open(Path model, InspectionOptions options) {
    return ModelInspector.open(services, model, options);
  }
}
