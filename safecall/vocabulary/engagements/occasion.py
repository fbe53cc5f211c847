"""What was asked and by whom: who turned to whom, what for, on which paper, whom it concerned."""

from safecall.vocabulary.coded import Coded


class Source(Coded):
    """How the record came here."""

    LIVE = "live", "Recorded here"
    HISTORICAL_IMPORT = "historical_import", "From records of the past"


class RecordType(Coded):
    """Nothing is edited: a later record amends."""

    ENGAGEMENT = "engagement", "Record"
    AMENDMENT = "amendment", "Amendment"


class Direction(Coded):
    """Who turned to whom."""

    INBOUND_REQUEST = "inbound_request", "They asked us for something"
    OUTBOUND_CONTACT = "outbound_contact", "We contacted them"
    JOINT_ACTIVITY = "joint_activity", "We acted together"
    OBSERVED_ACTIVITY = "observed_activity", "We saw them act; nobody asked, nobody helped"


class Authority(Coded):
    """The immigration authority, or another agency in that role."""

    CBP_USBP = "CBP_USBP", "Border Patrol"
    CBP_OFO = "CBP_OFO", "CBP at a port of entry (Field Operations)"
    CBP_AMO = "CBP_AMO", "CBP Air and Marine"
    ICE_ERO = "ICE_ERO", "ICE Enforcement and Removal (ERO)"
    ICE_HSI = "ICE_HSI", "Homeland Security Investigations (HSI)"
    ICE_OTHER = "ICE_OTHER", "ICE, another office or not known which"
    USCIS = "USCIS", "USCIS"
    DHS_OTHER = "DHS_OTHER", "Another office of Homeland Security"
    DELEGATED_287G = "DELEGATED_287G", "Local officers with 287(g) powers"
    OTHER_FEDERAL = (
        "OTHER_FEDERAL_FOR_CIVIL_IMMIGRATION",
        "Another federal agency, for civil immigration enforcement",
    )
    UNKNOWN = "UNKNOWN", "Not known which"


class Purpose(Coded):
    """What it was for, as far as the department knows."""

    CIVIL_IMMIGRATION = "civil_immigration_enforcement", "Civil immigration enforcement"
    CRIMINAL_INVESTIGATION = "criminal_investigation", "A criminal investigation"
    PROTECTION = "victim_or_witness_protection", "Protecting a victim or witness"
    DECONFLICTION = "officer_safety_deconfliction", "Officers' safety: not to meet by surprise"
    ADMINISTRATIVE = "administrative", "Administration, training, liaison"


class RequestKind(Coded):
    """What was asked for, or what the contact was about."""

    DETAINER_HOLD = "detainer_hold", "Hold somebody past release (detainer)"
    RELEASE_NOTIFICATION = "release_notification", "Tell when somebody is released"
    CUSTODY_TRANSFER = "custody_transfer", "Hand somebody over"
    INTERVIEW_ACCESS = "interview_access", "Interview somebody in custody"
    NONPUBLIC_AREA_ACCESS = "nonpublic_area_access", "Enter areas not open to the public"
    NONPUBLIC_INFORMATION = "nonpublic_personal_information", "Personal information not public"
    STATUS_INFORMATION = "status_information_1373", "Information under 8 U.S.C. 1373"
    DATABASE_ACCESS = "database_access", "Use of a database"
    PERSONNEL_SUPPORT = "personnel_support", "Officers to help"
    PERIMETER_OR_TRAFFIC = "perimeter_or_traffic_control", "Perimeter or traffic control"
    FACILITY_OR_EQUIPMENT = "facility_or_equipment_use", "A room, a car, equipment"
    CIVIL_WARRANT = "civil_warrant_service", "Serving a civil (administrative) warrant"
    CRIMINAL_WARRANT = "criminal_warrant_service", "Serving a criminal warrant"
    JOINT_OPERATION = "joint_operation", "A joint operation"
    JOINT_TASK_FORCE = "joint_task_force", "A joint task force"
    DECONFLICTION = "deconfliction", "Telling where officers are (deconfliction)"
    RECORDS_SUBPOENA = "records_subpoena", "Records by subpoena"
    VICTIM_PROTECTION = "victim_protection_request", "Protection that a victim wants"
    TRAINING_OR_LIAISON = "training_or_liaison", "Training or a liaison meeting"
    OTHER = "other", "Something else"


class InstrumentKind(Coded):
    """The paper, or none."""

    NONE = "none", "No paper at all"
    I_247A = "I-247A", "I-247A (detainer)"
    I_200 = "I-200", "I-200 (administrative warrant of arrest)"
    I_205 = "I-205", "I-205 (administrative warrant of removal)"
    I_203 = "I-203", "I-203 (order to detain or release)"
    I_286 = "I-286", "I-286 (custody notice)"
    ADMIN_SUBPOENA = "admin_subpoena", "Administrative subpoena"
    NCIC_ADMINISTRATIVE = "ncic_administrative_warrant", "NCIC hit: administrative warrant"
    NCIC_DEPORTED_FELON = "ncic_deported_felon", "NCIC hit: felon file of the authority"
    JUDICIAL_WARRANT = "judicial_warrant", "Warrant of a court"
    JUDICIAL_SUBPOENA = "judicial_subpoena", "Subpoena of a court"
    COURT_ORDER = "court_order", "Order of a court"
    ORAL_REQUEST = "oral_request", "Asked by word of mouth"


class Signer(Coded):
    """Whose name is under the paper."""

    JUDGE = "judge_or_magistrate", "A judge or magistrate"
    IMMIGRATION_OFFICER = "immigration_officer", "An immigration officer"
    OTHER = "other", "Somebody else"
    UNSIGNED = "unsigned", "Nobody, or not known"


class Court(Coded):
    """The court named on the paper. An immigration court belongs to the executive: no judge of
    the judiciary signs there.
    """

    NONE = "", "No court is named"
    FEDERAL = "federal_court", "A federal court (United States District Court)"
    STATE = "state_court", "A court of a state or county"
    TRIBAL = "tribal_court", "A tribal court"
    IMMIGRATION = "immigration_court", "A court of the Department of Justice (EOIR)"


class SubjectRole(Coded):
    """In which role somebody met the department. Never who."""

    SUSPECT = "suspect", "A criminal suspect"
    ARRESTEE = "arrestee", "Somebody arrested for a crime"
    VICTIM = "victim", "A victim"
    WITNESS = "witness", "A witness"
    CALLER = "caller", "Somebody who called for help"
    OTHER = "other", "Somebody else"
    NO_INDIVIDUAL = "no_individual", "Nobody in particular"
    UNKNOWN = "unknown", "Not known"


class OffenseLevel(Coded):
    """How serious the offence is that the department investigates."""

    NONE = "", "No offence"
    FELONY = "felony", "Felony"
    GROSS_MISDEMEANOR = "gross_misdemeanor", "Gross misdemeanor"
    MISDEMEANOR = "misdemeanor", "Misdemeanor"
    PETTY = "petty_misdemeanor", "Petty misdemeanor or traffic violation"
    IMMIGRATION_ONLY = "immigration_offense_only", "Nothing but an immigration offence"


class Stage(Coded):
    """How far the criminal investigation was then."""

    NONE = "", "None, or not known"
    INVESTIGATION = "investigation", "Under investigation"
    PROBABLE_CAUSE = "probable_cause", "Probable cause"
    ARRESTED = "arrested", "Arrested"
    CHARGED = "charged", "Charged"
    CONVICTED = "convicted", "Convicted"


class Identified(Coded):
    """How it came up that the authority might be concerned. `asked` breaks the promise."""

    NOT_APPLICABLE = "not_applicable", "Does not apply"
    THEY_TOLD_US = "authority_told_us", "The authority told us"
    FINGERPRINTS = "booking_fingerprints", "Fingerprints at booking"
    CRIMINAL_RECORD = "criminal_record_check", "A criminal record check"
    COURT_RECORD = "court_record", "A court's record or warrant"
    VOLUNTEERED = "volunteered", "The person said so unasked"
    ASKED = "asked", "Somebody of ours asked"
    UNKNOWN = "unknown", "Not known"


class TaskForcePurpose(Coded):
    """What a joint task force is for (CA Gov. Code 7284.6(c)). Where one of several purposes is
    immigration, it is that one.
    """

    NONE = "", "No task force, or not known"
    NARCOTICS = "narcotics", "Drugs"
    FIREARMS = "firearms", "Firearms"
    VIOLENCE = "gangs_or_violent_crime", "Gangs or violent crime"
    TRAFFICKING = "human_trafficking", "Human trafficking"
    CHILDREN = "child_exploitation", "Exploitation of children"
    FUGITIVES = "fugitives", "Fugitives wanted for a crime"
    MONEY_OR_CYBER = "financial_or_cyber_crime", "Financial crime or cybercrime"
    TERRORISM = "terrorism", "Terrorism"
    IMMIGRATION = "border_or_immigration_crime", "Border or immigration crime"
    OTHER = "other", "Other crimes"


class Agency(Coded):
    """A kind of agency in a joint task force: federal, state and tribal, local. Never its name."""

    CBP_USBP = Authority.CBP_USBP.value, Authority.CBP_USBP.label
    CBP_OFO = Authority.CBP_OFO.value, Authority.CBP_OFO.label
    CBP_AMO = Authority.CBP_AMO.value, Authority.CBP_AMO.label
    ICE_ERO = Authority.ICE_ERO.value, Authority.ICE_ERO.label
    ICE_HSI = Authority.ICE_HSI.value, Authority.ICE_HSI.label
    ICE_OTHER = Authority.ICE_OTHER.value, Authority.ICE_OTHER.label
    USCIS = Authority.USCIS.value, Authority.USCIS.label
    DHS_OTHER = Authority.DHS_OTHER.value, Authority.DHS_OTHER.label
    OTHER_FEDERAL_FOR_CIVIL = Authority.OTHER_FEDERAL.value, Authority.OTHER_FEDERAL.label
    FBI = "fbi", "FBI"
    DEA = "dea", "DEA"
    ATF = "atf", "ATF"
    MARSHALS = "us_marshals", "US Marshals"
    POSTAL_INSPECTION = "us_postal_inspection", "US Postal Inspection"
    SECRET_SERVICE = "us_secret_service", "US Secret Service"
    OTHER_FEDERAL = "other_federal", "Another federal agency, not for immigration"
    STATE_POLICE = "state_police_or_patrol", "State police or patrol"
    STATE_BUREAU = "state_investigative_bureau", "State bureau of investigation"
    OTHER_STATE = "other_state", "Another state agency"
    TRIBAL_POLICE = "tribal_police", "Tribal police"
    COUNTY_SHERIFF = "county_sheriff", "A county sheriff"
    CITY_POLICE = "city_police", "Another city's police"
    DELEGATED_287G = Authority.DELEGATED_287G.value, Authority.DELEGATED_287G.label
    PROSECUTOR = "prosecutor", "A prosecutor's office"
    OTHER = "other", "Another agency"
