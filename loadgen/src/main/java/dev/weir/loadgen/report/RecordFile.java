package dev.weir.loadgen.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.weir.loadgen.outcome.Rank;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.outcome.RunRecord;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** Reads and writes {@code run.json}. A record is written whole or not at all. */
public final class RecordFile {
    /** The file's name in a run's folder. */
    public static final String NAME = "run.json";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Resource.class, new IdSerializer<>(Resource.class, Resource::id))
                    .addSerializer(Rank.class, new IdSerializer<>(Rank.class, Rank::id))
                    .addDeserializer(Resource.class, new IdDeserializer<>(Resource.class, RecordFile::resource))
                    .addDeserializer(Rank.class, new IdDeserializer<>(Rank.class, RecordFile::rank))
                    .addSerializer(java.time.Duration.class, ToStringSerializer.instance))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private RecordFile() {}

    /**
     * Writes a record into a folder, which is created when it is not there.
     *
     * @return the file
     */
    public static Path write(RunRecord record, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve(NAME + ".part");
        Files.writeString(part, MAPPER.writeValueAsString(record) + "\n");
        Path file = folder.resolve(NAME);
        try {
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** One line or many, as it stands in the file. */
    public static String json(RunRecord record) {
        try {
            return MAPPER.writeValueAsString(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run record must be serialisable: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a record.
     *
     * @param runOrFile {@code run.json} or its folder
     * @throws IOException when there is none, or it is not a record of this form
     */
    public static RunRecord read(Path runOrFile) throws IOException {
        Path file = Files.isDirectory(runOrFile) ? runOrFile.resolve(NAME) : runOrFile;
        return MAPPER.readValue(Files.readString(file), RunRecord.class);
    }

    private static Resource resource(String id) {
        return Resource.valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static Rank rank(String id) {
        return Rank.valueOf(id.toUpperCase(Locale.ROOT));
    }
}
