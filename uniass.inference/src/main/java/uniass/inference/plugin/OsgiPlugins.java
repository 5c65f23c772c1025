package uniass.inference.plugin;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import uniass.api.UniassException;
import uniass.api.experiment.PluginInfo;
import uniass.api.network.PretrainedWeights;
import uniass.api.plugin.Part;

/**
 * Follows all services that name themselves as plug-ins. A tracker rather than one reference a
 * contract, so that types of plug-ins that are added later are listed too.
 */
@Component(service = Plugins.class)
public final class OsgiPlugins implements Plugins {

  private static final String TYPE = "uniass.type";
  private static final String NAME = "uniass.name";
  private static final String DESCRIPTION = "uniass.description";

  private final BundleContext context;
  private final ServiceTracker<Object, ServiceReference<Object>> tracker;
  private final ServiceTracker<PretrainedWeights, PretrainedWeights> weights;

  /** Starts to follow. */
  @Activate
  public OsgiPlugins(BundleContext context) throws InvalidSyntaxException {
    this.context = context;
    this.weights = new ServiceTracker<>(context, PretrainedWeights.class, null);
    this.tracker =
        new ServiceTracker<>(
            context, context.createFilter("(&(" + TYPE + "=*)(" + NAME + "=*))"), null) {
          @Override
          public ServiceReference<Object> addingService(ServiceReference<Object> reference) {
            return reference; // instances are made when a run takes them
          }

          @Override
          public void removedService(
              ServiceReference<Object> reference, ServiceReference<Object> same) {}
        };
    tracker.open();
    weights.open();
  }

  @Deactivate
  void stop() {
    tracker.close();
    weights.close();
  }

  @Override
  public List<PluginInfo> list() {
    return references().stream()
        .map(
            r ->
                new PluginInfo(
                    text(r, TYPE), text(r, NAME), bundle(r.getBundle()), text(r, DESCRIPTION)))
        .distinct()
        .sorted(Comparator.comparing(PluginInfo::type).thenComparing(PluginInfo::name))
        .toList();
  }

  @Override
  public <P extends Part> Taken<P> take(String type, String name, Class<P> contract) {
    List<ServiceReference<Object>> found =
        references().stream()
            .filter(r -> text(r, TYPE).equals(type) && text(r, NAME).equals(name))
            .sorted(Comparator.reverseOrder())
            .toList();
    if (found.isEmpty()) {
      throw missing(type, name);
    }
    ServiceReference<Object> first = found.get(0);
    if (found.size() > 1 && ranking(first) == ranking(found.get(1))) {
      throw new UniassException(
          label(first)
              + " has the name of one of "
              + bundle(found.get(1).getBundle())
              + "; rename one of them (or give the one that is to win a higher service.ranking)");
    }
    Taken<P> taken = open(first, contract);
    if (taken == null) {
      throw missing(type, name); // it went away at this moment
    }
    return taken;
  }

  @Override
  public Optional<PretrainedWeights> pretrained(String architecture) {
    return weights.getTracked().values().stream()
        .filter(w -> w.architecture().equals(architecture))
        .findFirst();
  }

  private <P extends Part> Taken<P> open(ServiceReference<Object> reference, Class<P> contract) {
    if (!Constants.SCOPE_PROTOTYPE.equals(text(reference, Constants.SERVICE_SCOPE))) {
      throw new UniassException(
          label(reference)
              + " is shared by all runs; give its @Component scope = ServiceScope.PROTOTYPE");
    }
    ServiceObjects<Object> objects = context.getServiceObjects(reference);
    if (objects == null) {
      return null;
    }
    Object instance = objects.getService();
    if (instance == null) {
      if (reference.getBundle() == null) {
        return null;
      }
      throw new UniassException(
          label(reference) + " cannot be made: its constructor failed, as the log says");
    }
    if (!contract.isInstance(instance)) {
      objects.ungetService(instance);
      throw new UniassException(
          label(reference)
              + " is no "
              + contract.getName()
              + ": implement that, or mend the type in its @Plugin");
    }
    return new OsgiTaken<>(contract.cast(instance), reference, objects, label(reference));
  }

  private static int ranking(ServiceReference<?> reference) {
    return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer rank ? rank : 0;
  }

  private static String label(ServiceReference<?> reference) {
    return Plugins.label(text(reference, TYPE))
        + " '"
        + text(reference, NAME)
        + "' of "
        + bundle(reference.getBundle());
  }

  private List<ServiceReference<Object>> references() {
    ServiceReference<Object>[] references = tracker.getServiceReferences();
    return references == null ? List.of() : List.of(references);
  }

  private static String text(ServiceReference<?> reference, String key) {
    Object value = reference.getProperty(key);
    return value == null ? "" : value.toString();
  }

  private static String bundle(Bundle bundle) {
    return bundle == null ? "" : bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  private record OsgiTaken<P extends Part>(
      P part,
      ServiceReference<Object> reference,
      ServiceObjects<Object> objects,
      String description)
      implements Taken<P> {

    @Override
    public boolean gone() {
      return reference.getBundle() == null;
    }

    @Override
    public void close() {
      if (!gone()) {
        objects.ungetService(part);
      }
    }
  }
}
