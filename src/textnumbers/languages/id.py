"""Indonesian."""

from __future__ import annotations

from .table import Table

TABLE = Table(
    locale="id",
    characters=False,
    numerals="""
        nol:0 satu:1 dua:2 tiga:3 empat:4 lima:5 enam:6 tujuh:7 delapan:8 sembilan:9 sepuluh:10 sebelas:11
        dua_belas:12 tiga_belas:13 empat_belas:14 lima_belas:15 enam_belas:16 tujuh_belas:17 delapan_belas:18
        sembilan_belas:19 selusin:12 seratus:100 seribu:1000 sejuta:1000000 semiliar:1000000000
        setriliun:1000000000000
    """,
    magnitudes="""
        puluh:10 ratus:100 ribu:1000 juta:1000000 miliar:1000000000 milyar:1000000000 triliun:1000000000000
        trilyun:1000000000000 lusin:12 ribunya:1000 jutanya:1000000 miliarnya:1000000000 triliunnya:1000000000000
        rb:1000 jt:1000000 m:1000000000 t:1000000000000
    """,
    vague="""
        belasan:10 puluhan:10 ratusan:100 ribuan:1000 jutaan:1000000 miliaran:1000000000 milyaran:1000000000
        triliunan:1000000000000 lusinan:12 seratusan:100 seribuan:1000
    """,
    units="""
        money IDR*0.01: sen
        money RUB: rubel
        money TRY: lira
        money BRL: real_Brasil
        money CHF: franc_Swiss
        money SAR: riyal
        money AED: dirham
        money VND: dong
        money AUD: dolar_Australia
        money CAD: dolar_Kanada
        money NZD: dolar_Selandia_Baru
        percent percent: persen prosen
        percent pp: poin_persentase poin_persen persen_poin basis_persen
        percent bp: basis_poin
        compute PFLOPS: peta-flop
        money IDR: rupiah
        money CNY: yuan renminbi RMB yuan_China yuan_Tiongkok
        money USD: dolar_AS dolar_Amerika_Serikat dolar_Amerika dollar_AS dolar dollar
        money JPY: yen
        money EUR: euro
        money GBP: poundsterling pound pound_sterling
        money HKD: dolar_Hong_Kong
        money SGD: dolar_Singapura
        money TWD: dolar_Taiwan
        money KRW: won
        money INR: rupee
        money MYR: ringgit
        money THB: baht
        duration years: tahun tahunan
        duration months: bulan bulanan
        duration weeks: minggu pekan
        duration days: hari hari_kerja
        duration nights: malam
        duration hours: jam
        duration minutes: menit
        duration seconds: detik
        duration decades: dekade dasawarsa
        duration quarters: kuartal_berturut-turut triwulan_berturut-turut
        duration centuries: abad
        duration generations: generasi
        index points: poin
        count companies: perusahaan startup start-up usaha_rintisan unicorn badan_usaha korporasi
        count people: orang pekerja karyawan pegawai insinyur peneliti warga jiwa mahasiswa siswa talenta pengunjung
            peserta tenaga_kerja ahli pakar ilmuwan penduduk tenaga_ahli personel pengembang
        count cities: kota
        count countries: negara
        count industries: industri sektor
        count measures: langkah
        count aspects: aspek
        count dimensions: dimensi
        count laboratories: laboratorium
        count centres: pusat
        count universities: universitas perguruan_tinggi
        count places: tempat lokasi titik
        count models: model
        count cabinets: kabinet rak lemari
        count projects: proyek
        count patents: paten
        count chips: chip cip
        count cards: kartu GPU
        count servers: server peladen
        count parameters: parameter
        count tokens: token
        count users: pengguna
        count households: rumah_tangga kepala_keluarga KK
        count units: unit buah
        count echelon: eselon
        count stage: tahap tahapan fase
        count tier: lapisan lapis
        count provinces: provinsi
        count districts: distrik kecamatan
        other times: kali kali_lipat x
        other km: kilometer
        other m: meter
        other cm: sentimeter
        other mm: milimeter
        other nm: nanometer
        other km2: kilometer_persegi km_persegi
        other m2: meter_persegi
        other ha: hektare hektar
        other t: ton
        other kg: kilogram
        other MW: megawatt
        other GW: gigawatt
        other kW: kilowatt
        other W: watt
        other kWh: kilowatt_jam kilowatt-jam
        other TWh: terawatt_jam terawatt-jam
        other MWh: megawatt_jam
        other GWh: gigawatt_jam gigawatt-jam
        other GB: gigabyte gigabita
        other TB: terabyte terabita
        other PB: petabyte petabita
        other MB: megabyte megabita
        other ml: mililiter
        other dB: desibel
        other ms: milidetik
        other °C: derajat_Celsius derajat derajat_Celcius
        other km/h: kilometer_per_jam kilometer/jam
        other barrels: barel
        other l: liter
        other m3: meter_kubik
        other inches: inci
        other feet: kaki
        other miles: mil
        other knots: knot
        compute operations/s: operasi_per_detik operasi_floating-point_per_detik
        other V: volt
        other kV: kilovolt
        other A: ampere
        other µs: mikrodetik
        other µg: mikrogram
        other µm: mikrometer mikron
        other mg: miligram
        other g: gram
        other kuintal: kwintal
        other cal: kalori
        other kcal: kilokalori
        other J: joule
        other Hz: hertz
        other kHz: kilohertz
        other MHz: megahertz
        other lb: pon
        other ounces: ons
        other gallons: galon
        other acres: ekar
        other carats: karat
        other light-years: tahun_cahaya
        other horsepower: tenaga_kuda daya_kuda
        other m/s: meter_per_detik
        other nautical_miles: mil_laut
        other Mbps: megabit_per_detik
        other °F: derajat_Fahrenheit
        money =: IDR CNY USD JPY EUR GBP HKD SGD KRW peso
        other =: kuintal
    """,
    money_before="""
        IDR: Rp Rp. IDR rupiah
        USD: US$ $ USD AS$
        CNY: RMB CNY CN¥ yuan
        EUR: € EUR
        GBP: £ GBP
        HKD: HK$ HKD
        SGD: S$ SGD SIN$
        JPY: JP¥ ¥ JPY
        MYR: RM
        TWD: NT$
    """,
    before="""
        rank: No. no. No nomor peringkat posisi urutan ranking ke- ke rangking tempat juara rank # peringkat_nomor
            eselon posisi_nomor peringkat_ke- urutan_nomor nomor_urut
        top: top
        year: tahun pada sejak hingga sampai per periode dari untuk dan antara menjelang awal akhir pertengahan di (
            dengan ke dibanding musim setelah sebelum anggaran
        index: PUE IPM IPK PMI indeks skor nilai indeks_sebesar skor_sebesar nilai_indeks skor_total indeks_gabungan
            indeks_komprehensif indeks_masing-masing indeks_komprehensif_masing-masing dengan_skor
            nilai_masing-masing skor_masing-masing indeks_komposit indeks_komposit_sebesar koefisien skor_rata-rata
            koefisien_sebesar rasio
        collective: ke
        size: magnitudo bermagnitudo berkekuatan magnitudo_sebesar M
        minus: minus
        plain: plus_minus plus-minus
        name: boeing airbus uud stadium bus jalur kode_pos ekstensi nomor_punggung koridor nikkei dow_jones
            hang_seng kospi russell ftse fortune forbes nasdaq s&p pasal ayat bab level versi halaman hal. hlm.
            gambar tabel lantai gang blok kamar jalan nomor_telepon telepon kode kelas model seri omega vitamin spf
            ron pertamax tipe volume jilid bagian rute kilometer_ke terminal gerbang lampiran butir huruf lini RT RW
            hotline call_center
    """,
    after="""
        top: besar teratas terbesar terbaik tertinggi utama_dunia terdepan
    """,
    qualifiers_before="""
        about: sekitar lebih_kurang kurang_lebih kira-kira kisaran kira_kira ± ~ diperkirakan rata-rata_sekitar
            sekira mencapai_sekitar diperkirakan_mencapai seputar
        more_than: lebih_dari melebihi melampaui di_atas lebih > menembus melewati lebih_besar_dari diatas
            lebih_dari_total
        at_least: setidaknya sedikitnya paling_sedikit minimal sekurang-kurangnya minimum tidak_kurang_dari
            tak_kurang_dari bukan_kurang_dari tidak_kurang tak_kurang paling_tidak serendah-rendahnya
            setidak-tidaknya
        nearly: hampir mendekati nyaris
        up_to: hingga maksimal paling_banyak sampai maksimum tidak_lebih_dari tak_lebih_dari kurang_dari di_bawah
            sebanyak-banyaknya < paling_lama selambat-lambatnya sampai_dengan hingga_mencapai
    """,
    qualifiers_after="""
        more_than: + lebih
        at_least: atau_lebih ke_atas
        up_to: atau_kurang ke_bawah
    """,
    joins="- ‐ ‑ – — hingga sampai sampai_dengan s/d s.d. sd ~",
    names="""
        idioms: satu_persatu satu_per_satu segi_empat segi_tiga segi_lima tujuh_belasan nol_besar satu_hal_lagi
            satu-satunya satu_sama_lain satu_per_satu kaki_lima empat_mata delapan_penjuru satu_sisi di_satu
            seribu_satu satu_yang satu_pun setengah_hati tiga_serangkai dua_belah_pihak kedua_belah satu_data
            satu_alasan satu_cara simpang_lima simpang_tiga pulau_seribu kepulauan_seribu tidak_satu_pun
            tak_satu_pun empat_sehat lima_sempurna satu_sama perempat_final pihak_ketiga satu_nusa satu_bangsa
            seribu_alasan seribu_bahasa seribu_pertanyaan tiga_uang dibelah_dua langkah_seribu berbadan_dua
            bermuka_dua dua_tiga_pulau seribu_kali_sayang tumbuh_seribu sepuluh_jari satu_tekad
    """,
    ordinals="""
        pertama:1 kedua:2 ketiga:3 keempat:4 kelima:5 keenam:6 ketujuh:7 kedelapan:8 kesembilan:9 kesepuluh:10
        kesebelas:11 kedua_belas:12 ketiga_belas:13 keempat_belas:14 kelima_belas:15 keenam_belas:16
        ketujuh_belas:17 kedelapan_belas:18 kesembilan_belas:19 kedua_puluh:20 kuartal_I:1 kuartal_II:2
        kuartal_III:3 kuartal_IV:4 triwulan_I:1 triwulan_II:2 triwulan_III:3 triwulan_IV:4 semester_I:1
        semester_II:2
    """,
    fractions="""
        setengah:50 separuh:50 sepertiga:33.333333333333336 seperempat:25 seperlima:20 seperenam:16.666666666666668
        seperdelapan:12.5 sepersepuluh:10 pertiga:33.333333333333336 perempat:25 perlima:20
    """,
    months="Nop:11 Nov:11 Peb:2 Agt:8 Ags:8 Agust:8 Sept:9 Okt:10 Des:12 Jan:1 Mrt:3 Apr:4",
    parts="""
        hours>minutes:60 minutes>seconds:60 years>months:12 days>hours:24
    """,
    sets="""
        function_words: yang dan di ke dari pada untuk dengan dalam ini itu tidak akan adalah oleh sebagai juga
            telah para bisa sudah ada karena atau saat lebih tersebut hari kata mereka kami bahwa menjadi setelah
            secara naik turun mencapai sekitar hingga
        thousand_letters: k
        spaced_letters: M T
        ordered: peringkat posisi urutan tempat juara rangking ranking nomor tahap fase tahapan eselon gelombang
            edisi putaran generasi terbesar tertinggi teratas terbanyak terbaik tercepat terpenting terpadat terkaya
            termahal terkuat terluas terendah terkecil abad kuartal triwulan semester sesi pertemuan sidang kloter
            kelompok kategori lapisan lapis tingkat babak runner-up periode pabrik lantai hari
        superlatives: terbesar tertinggi teratas terbanyak terbaik tercepat terpenting terpadat terkaya termahal
            terkuat terluas terendah terkecil
        not_nouns: dan atau tetapi namun yang di ke dari pada untuk dengan dalam oleh sebagai adalah ialah merupakan
            akan telah sudah sedang ini itu tersebut juga saja lagi lebih kurang hingga sampai sejak serta karena
            agar jika bila ketika saat setelah sebelum antara tidak bukan belum masih hanya para per tiap setiap
            semua seluruh berbagai banyak beberapa lain lainnya dia ia mereka kami kita anda nya pun secara terhadap
            bagi tentang melalui maupun sedangkan sementara bahwa naik turun tumbuh meningkat menurun menjadi
            mencapai kata ujar berada masuk lalu silam mendatang terakhir dibanding dibandingkan atas bawah kemudian
            masing-masing di antaranya berasal menurut sebesar sebanyak terus maka supaya berkat sekaligus guna demi
            bersama bersaing memiliki punya bisa dapat harus adapun ada terkait terbuka sebagian tewas meninggal
            menang kalah hilang ditangkap ditahan luka terluka selamat datang pergi melawan kontra plus minus koma
        occasions: kali kalinya
        places: posisi tempat
        the: yang
        half: setengah
        second_half: siang sore malam petang
        first_half: pagi dini
        one_of_word: salah
        one_not_after: tidak tak bukan pun tiap setiap suatu hari
        day_counts_after: dalam selama hanya
        versioned: models chips stage cards parameters
        ambiguous_money: won
        versions: PHP
        pair_begins: d a
        title_small: dan di ke dari yang dengan untuk pada apa itu la de
        services: 101 110 111 112 113 114 115 117 118 119 120 122 129 911 988 995 999
        comparatives: lebih
        until_forms: hingga sampai sampai_dengan
        clock_signs: : . p s m d
    """,
    contexts={
        "indefinite_before": r"(?i:(?<!\w)beberapa<SPACE>)",
        "and_half": r"<SPACE>setengah(?!\w)",
        "point_word": r"(?i:<SPACE>koma<SPACE>)",
        "pair": "<SPACE>dan<SPACE>",
        "either": "<SPACE>atau<SPACE>",
        "between_before": r"(?i:\bantara\s(?:\S{1,4}\s?)?)",
        "range_before": r"(?i:\b(?:usia|umur|berusia|berumur|antara|halaman|sekitar|selama|dari|tiap)<SPACE>)",
        "score_before": r"(?i:\b(?:skor|kedudukan|imbang|berakhir|unggul|kalah|menang)\b)[^.]{0,8}",
        "score_after": r"(?i:<SPACE>(?:atas|dari|untuk|lawan|melawan|bagi)\b)",
        "change_before": (
            r"(?i:\b(?:naik|turun|meningkat|menurun|bertambah|berkurang|melonjak|anjlok|merosot|tumbuh|menyusut)"
            r"(?:\s+\w+){0,4}?\s+dari\s(?:\S{1,4}\s?)?)"
        ),
        "not_noun": (
            r"(?:ber(?!ita|kas|as\b|lian|saudara)\w{4,}|di(?!rektur|namit|nas|rham|plomat"
            r"|skon)\w{5,}|men(?!teri|ara)\w{4,}"
            r"|mem\w{4,})\Z"
        ),
        "month_before": (
            r"(?i:(?<!\w)(?:bulan|sepanjang|pada|sejak|hingga|sampai|awal|akhir|pertengahan"
            r"|selama|dari|antara|dan|per"
            r"|mulai|sebelum|setelah|di)<SPACE>)|[-–—(]<SPACE>?"
        ),
        "month_after": (
            r"<SPACE>?[-–—]<SPACE>?[A-Z][a-z]{2}|<SPACE>(?:hingga|sampai)<SPACE>[A-Z][a-z]{2}"
            r"|<SPACE>(?:nanti|lalu|mendatang|depan)(?!\w)"
        ),
        "day": r"(<D>{1,2})(?![\d%]|[.,/:]\d)",
        "day_before": r"(?i:\btanggal<SPACE>)",
        "time": (
            r"(?P<h><D>{1,2})[.:](?P<min><D>{2})(?!<D>)(?:<SPACE>(?P<half>(?i:pagi|siang"
            r"|sore|malam|petang|dini)(?!\w)))?"
            r"|(?P<hour><D>{1,2})<SPACE>(?P<noon>(?i:pagi|siang|sore|malam|petang|dini)(?!\w))"
        ),
        "zone": r"<SPACE>?(?:WIB|WITA|WIT|GMT|UTC|waktu<SPACE>setempat)(?!\w)",
        "time_before": r"(?i:\b(?:pukul|jam)<SPACE>)",
        "hour_word_before": r"(?i:\b(?:pukul|jam)<SPACE>)",
        "hour_before": r"(?i:\b(?:pukul)<SPACE>)",
        "until": r"(?: (?:WIB|WITA|WIT))?(?: (?:hingga|sampai|dan) |[-–])",
        "clock_with_point": "",
        "decade": r"-?an(?![^\W_])",
        "fraction": r"(?i:(?:-|<SPACE>)(?P<part>pertiga|perempat|perlima|perenam|perdelapan|persepuluh)(?![^\W_]))",
        "part_of": r"(?i:<SPACE>(?:dari|of)<SPACE>)",
        "all_of": r"<SPACE>[^\W\d_]+<SPACE>(?:tersebut|itu|ini)(?!\w)",
        "verb": r"(?:me[lmnrwy]|di|ber|ter)\w{4,}|(?:bahwa|kata|jelas|ungkap|tutur|hanya|karena|oleh|bagi)\Z",
        "period_Q": (
            r"(?i:(?:kuartal|triwulan)<SPACE>\w+)(?:,?<SPACE>(?:tahun<SPACE>)?(?P<y>[12]<D>{3})(?!<D>|[.,]<D>))?"
        ),
        "period_H": (
            r"(?P<half>(?i:(?:semester|paruh)<SPACE>\w+))(?:,?<SPACE>(?:tahun<SPACE>)?"
            r"(?P<y>[12]<D>{3})(?!<D>|[.,]<D>))?"
        ),
        "next_word": r"(?:<SPACE>|-)([^\W\d_]+(?:-[^\W\d_]+)*)",
        "numbered_before": (
            r"\b(?i:Jalan|Jl\.?|Gang|Undang-Undang|UU|Peraturan|Perda|Perpres|Keputusan"
            r"|PP|PMK|Permen|Perpu|Inpres|Keppres"
            r"|SK|SNI|Topan|Siklon|Pasal|RUU|Kepmen)\b[^,;.:]{0,56}"
        ),
        "address_after": r"<SPACE>(?:[A-Z]\w+<SPACE>){1,2}(?:Street|Avenue|Road|Lane|Square)(?!\w)",
        "out_of": "<SPACE>dari<SPACE>",
        "some_after": r"-an(?![^\W_])",
        "decade_before": r"(?i:\b(?:tahun|era|dekade)<SPACE>)",
        "hyphen_noun": r"-(?!an\b)[a-z]{3,}(?!-)",
        "opening_name": r"<SPACE>[A-Z][a-z]+<SPACE>[a-z]",
        "index_before": r"(?i:score|index|indeks|skor)(?:[^.!?\n]|\.(?=\d)){0,40}",
        "list": r"<SPACE>?[,;]?<SPACE>?(?:(?:dan|serta)<SPACE>)?(?i:Rp)?",
        "part_glue": "<SPACE>?(?:,<SPACE>)?(?:dan<SPACE>)?",
        "qualifies_next": r"(?i:(?:lebih|kurang)<SPACE>(?:dari|kurang|lebih)\b)",
        "not_qualifier_before": r"(?i:\btak<SPACE>kurang<SPACE>dari)",
        "title_before": (
            r"(?i:\b(?:film|lagu|buku|novel|serial|sinetron|drama|teater|komik|album|judul|berjudul|bertajuk)<SPACE>)"
        ),
        "called_after_before": (
            r"\b(?:Program|Gerakan|Proyek|Monumen|Universitas|Stadion|Aksi|Tragedi|Peristiwa"
            r"|Operasi|Serangan Umum|Jalan"
            r"|Museum|Taman|Pasar|Lapangan|Bandara|Jembatan|Masjid)\s"
        ),
        "called_before": (
            r"(?i:\b(?:hubungi|menghubungi|telepon|menelepon|kontak|petugas|layanan|panggilan|darurat|operator|lewat"
            r"|melalui|ambulans)<SPACE>(?:(?:ke|di|nomor|darurat|center)<SPACE>){0,2}"
            r"(?:<D>{3,5}<SPACE>(?:atau|dan)<SPACE>)?)"
        ),
        "designation": r" [A-Z]{2}\d{1,3}(?![A-Za-z0-9])",
    },
    noun_before=True,
)
